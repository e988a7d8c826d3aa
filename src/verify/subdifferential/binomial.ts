/** How many subsets of r elements a set of n has. */
export function binomial(n: number, r: number): number {
  return r === 0 ? 1 : (binomial(n - 1, r - 1) * n) / r;
}
