/**
 * The standard deviation of the rounding error of each output of f near x, after Moré and Wild
 * (Estimating Computational Noise, SIAM J. Sci. Comput. 33, 2011). f is evaluated at equidistant
 * points, so close together that its third differences are rounding alone; these have the variance
 * (1² + 3² + 3² + 1²) σ² = 20 σ².
 *
 * @param at f at x + i δ, for a small δ and i in [−4, 4].
 */
export function computationalNoise(at: (i: number) => Float32Array): Float64Array {
  const f = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map(at);
  return Float64Array.from(f[0], (_, o) => {
    let squares = 0;
    for (let i = 0; i < 6; i++) {
      squares += (f[i + 3][o] - 3 * f[i + 2][o] + 3 * f[i + 1][o] - f[i][o]) ** 2;
    }
    return Math.sqrt(squares / 6 / 20);
  });
}
