/** How many values it needs. */
export const NOISE_POINTS = 16;
/** The lowest order starts above a parabola; each further order needs one more point. */
const [FIRST_ORDER, LAST_ORDER] = [4, 10];

/**
 * The standard deviation σ of the rounding error in the values of a smooth function at equidistant points (Moré and
 * Wild, Estimating Computational Noise, SIAM J. Sci. Comput. 33, 2011). Of rounding, the k-th differences have the
 * variance (2k)! / (k!)² σ². What the function itself adds to them shrinks with k, so the first k counts at which
 * the estimate no longer falls.
 */
export function noiseOfSeries(values: ArrayLike<number>): number {
  let differences = Float64Array.from(values);
  let [σ, binomial] = [Infinity, 1];
  for (let k = 1; k <= LAST_ORDER; k++) {
    differences = differences.subarray(1).map((value, i) => value - differences[i]);
    binomial *= (2 * (2 * k - 1)) / k; // (2k)! / (k!)²
    if (k < FIRST_ORDER) continue;
    const squares = differences.reduce((sum, difference) => sum + difference ** 2, 0);
    const estimate = Math.sqrt(squares / differences.length / binomial);
    if (!(estimate < σ / 4)) return σ;
    σ = estimate;
  }
  return σ;
}
