import { engine, zeros, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Reverse mode: dyᵀ ∂f/∂xᵢ for each input xᵢ, of its shape. Where f does not use an input the product is zero
 * (tf.grads would throw). Where a rule throws, this frees what tfjs keeps on its tape (tf.grads would leak it).
 *
 * @param dy of the shape of f(…xs).
 */
export function vjp(f: (...xs: Tensor[]) => Tensor, xs: Tensor[], dy: Tensor): Tensor[] {
  try {
    const products = engine().gradients(() => f(...xs), xs, dy, true).grads;
    return xs.map((x, i) => (products[i] as Tensor | null) ?? zeros(x.shape));
  } catch (error) {
    const { state } = engine();
    if (state.gradientDepth === 0) {
      for (const { saved } of (state.activeTape as typeof state.activeTape | null) ?? []) {
        for (const tensor of saved ?? []) tensor.dispose();
      }
      state.activeTape = [];
    }
    throw error;
  }
}
