/**
 * The sample that the wasm module takes of a row, as assembly/selectionPlan.ts computes it: for an adversary that
 * knows the algorithm and the seed. `indices` is empty if there is no sample.
 */
export function samplePlan(n: number, k: number, seed: number): { indices: number[] } {
  const wanted = Math.min(2048, Math.max(512, 8 * k));
  const stride = Math.max(16, Math.floor(n / wanted));
  const size = Math.floor(n / stride);
  const mean = (k * size) / n;
  const rank = Math.ceil(mean + 4 * Math.sqrt(mean) + 4);
  const isSampled = n >= 1024 && rank <= size / 2 && !(k <= 128 && n <= 8192);
  let state = seed;
  const indexOf = (i: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return i * stride + (((state >>> 20) * stride) >>> 12);
  };
  return { indices: isSampled ? Array.from({ length: size }, (_, i) => indexOf(i)) : [] };
}
