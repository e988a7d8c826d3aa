import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';

/** The generalized gradients of a function at a point. Each call that returns a tensor makes a new one. */
export interface Subdifferential {
  /**
   * The Bouligand subdifferential, `[m, …]`: the m limits of gradients at points nearby where there is one. The Clarke
   * subdifferential is its convex hull.
   *
   * @throws if more than 1000 selections must be tried to find them.
   */
  bouligand: () => Tensor;
  /** The element of least Euclidean norm of the Clarke subdifferential, by Wolfe's algorithm in float64. */
  minNorm: () => Tensor;
  /**
   * Whether g is an element of the Clarke subdifferential: whether the nearest element differs from it in no entry by
   * more than `tolerance` (1e-6) times the entry's scale, the sum of the absolute values of the terms that it can have.
   * Where there are none, g must be 0.
   */
  contains: (g: Tensor | TensorLike, tolerance?: number) => boolean;
}
