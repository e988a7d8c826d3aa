import * as tf from '@tensorflow/tfjs';

export interface RandomFunction {
  f: (x: tf.Tensor) => tf.Tensor;
  x: number[];
}

/** Smooth functions of one number whose slope, curvature and so on are of the order of 1. */
const SHAPES: ((u: tf.Tensor) => tf.Tensor)[] = [
  (u) => u.sin(),
  (u) => u.square().neg().exp(),
  (u) => u.tanh(),
  (u) => u.square(),
  (u) => u.softplus(),
];
const ENTRIES = 3;

/**
 * A random smooth function of three numbers, and a point: f(x) = b Σᵢ aᵢ gᵢ(uᵢ) + a₀ b g₁(u₁) g₂(u₂), with
 * uᵢ = (xᵢ − cᵢ) / Lᵢ, |uᵢ| ≤ 2, and the magnitudes of x and of b between 1e-8 and 1e8.
 *
 * @param feature Lᵢ / |xᵢ|, the size of the features of f relative to the entry.
 * @param random uniform in [0, 1).
 */
export function randomFunction(feature: number, random: () => number): RandomFunction {
  const between = (least: number, most: number) => least + (most - least) * random();
  const scale = 10 ** between(-8, 8);
  const b = 10 ** between(-8, 8);
  const entries = Array.from({ length: ENTRIES }, () => {
    const x = scale * between(0.5, 2) * Math.sign(random() - 0.5);
    const L = feature * Math.abs(x);
    const g = SHAPES[Math.floor(random() * SHAPES.length)];
    return { x, L, c: x - L * between(-2, 2), g, a: between(0.5, 2) };
  });
  const f = (x: tf.Tensor) => {
    const parts = tf.unstack(x).map((xi, i) => {
      const { c, L, g } = entries[i];
      return g(xi.sub(c).div(L));
    });
    const terms = [...parts.map((part, i) => part.mul(entries[i].a)), parts[0].mul(parts[1])];
    return tf.addN(terms).mul(b);
  };
  return { f, x: entries.map(({ x }) => x) };
}
