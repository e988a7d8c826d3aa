/** The solution of A u = b by Gaussian elimination with partial pivoting. */
export function solve(A: number[][], b: number[]): number[] {
  const rows = A.map((row, i) => [...row, b[i]]);
  const n = b.length;
  for (let c = 0; c < n; c++) {
    const pivot = rows
      .slice(c)
      .reduce((best, row) => (Math.abs(row[c]) > Math.abs(best[c]) ? row : best));
    rows[rows.indexOf(pivot)] = rows[c];
    rows[c] = pivot;
    for (let i = c + 1; i < n; i++) {
      const factor = rows[i][c] / pivot[c];
      for (let j = c; j <= n; j++) rows[i][j] -= factor * pivot[j];
    }
  }
  const u = Array<number>(n).fill(0);
  for (let c = n - 1; c >= 0; c--) {
    const known = rows[c].slice(c + 1, n).reduce((sum, entry, i) => sum + entry * u[c + 1 + i], 0);
    u[c] = (rows[c][n] - known) / rows[c][c];
  }
  return u;
}
