/** How many subsets of r elements a set of n has; Infinity beyond the numbers. */
export function binomial(n: number, r: number): number {
  let count = 1;
  for (let i = 1; i <= Math.min(r, n - r) && count < Infinity; i++) count *= (n - i + 1) / i;
  return Math.round(count);
}
