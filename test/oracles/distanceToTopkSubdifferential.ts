/**
 * How far g is from the nearest φ′(y) ⊙ θ, θ = 1 on A, θ ∈ [0, 1] and Σθ = r on T, θ = 0 elsewhere: the largest
 * difference of an entry, in units of its slope; infinite for a slope of 0 or an entry outside of A and T.
 */
export function distanceToTopkSubdifferential(
  g: number[],
  y: number[],
  k: number,
  slopes: number[],
): number {
  if (k === 0) return Math.max(...g.map((entry) => (entry === 0 ? 0 : Infinity)));
  const τ = y.toSorted((a, b) => b - a)[k - 1];
  const r = k - y.filter((entry) => entry > τ).length;
  const inUnits = (difference: number, slope: number) =>
    difference === 0 ? 0 : Math.abs(difference / slope);
  const fixed = y.map((entry, i) => {
    if (entry === τ) return 0;
    return entry > τ ? inUnits(g[i] - slopes[i], slopes[i]) : inUnits(g[i], 0);
  });
  const tied = Array.from(y.keys()).filter((i) => y[i] === τ);
  const slope = slopes[tied[0]];
  if (slope === 0) return Math.max(...fixed, ...tied.map((i) => inUnits(g[i], 0)));

  // The nearest θ in the maximum norm is clamp(g / φ′(τ) + shift), with the shift that makes its sum r.
  const u = tied.map((i) => g[i] / slope);
  const θ = (shift: number) => u.map((entry) => Math.min(Math.max(entry + shift, 0), 1));
  const bound = 1 + Math.max(...u.map(Math.abs));
  let [low, high] = [-bound, bound];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    const sum = θ(middle).reduce((a, b) => a + b, 0);
    if (sum < r) low = middle;
    else high = middle;
  }
  return Math.max(...fixed, ...θ(high).map((entry, i) => Math.abs(entry - u[i])));
}
