/**
 * Whether y = Wx, the loss Σ y² or a gradient may overflow float32: whether 2n · max y · max(1, y, x, W) ≥ 2¹²⁸, with
 * the largest absolute values, and |W||x| for y.
 */
export function mayOverflow(W: number[][], x: number[]): boolean {
  const maxAbs = (entries: number[]) => entries.reduce((max, e) => Math.max(max, Math.abs(e)), 0);
  const y = W.map((row) => row.reduce((sum, entry, j) => sum + Math.abs(entry * x[j]), 0));
  const factor = Math.max(1, maxAbs(y), maxAbs(x), maxAbs(W.map(maxAbs)));
  return !Number.isFinite(Math.fround(2 * W.length * maxAbs(y) * factor));
}
