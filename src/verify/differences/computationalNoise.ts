/** How many points `computationalNoise` needs. */
export const NOISE_POINTS = 16;

/**
 * The standard deviation σ of the rounding error of each output of f near a point (Moré and Wild, Estimating
 * Computational Noise, SIAM J. Sci. Comput. 33, 2011). At close, equidistant points the fourth differences of a
 * smooth f vanish except for rounding, which gives them the variance (1² + 4² + 6² + 4² + 1²) σ² = 70 σ².
 *
 * @param f the values at such points.
 */
export function computationalNoise(f: Float32Array[]): Float64Array {
  const count = f.length - 4;
  return Float64Array.from(f[0], (_, o) => {
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const outer = f[i][o] + f[i + 4][o] - 4 * (f[i + 1][o] + f[i + 3][o]);
      squares += (outer + 6 * f[i + 2][o]) ** 2;
    }
    return Math.sqrt(squares / count / 70);
  });
}
