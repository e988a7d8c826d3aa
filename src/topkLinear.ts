import { engine, tidy, zeros, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { checkK } from './args/checkK.ts';
import { checkLinear } from './args/checkLinear.ts';
import { registerGradients } from './gradients/registerGradients.ts';
import { selectedProducts } from './gradients/linearTopk.ts';
import { isTaped, withoutTape } from './gradients/withoutTape.ts';
import { moveToBackend } from './util/moveToBackend.ts';
import { LinearTopK, provideLinearTopK } from './kernels/linear/LinearTopK.ts';

/**
 * The k largest entries of Wx, greatest first, with their indices: topk(Wx), in the total order of
 * `topk`, without a Wx that is kept. Differentiable in W and x, to any order: with P the selection
 * matrix of the indices,
 *
 *   dL/dW = (Pᵀ dL/dvalues) xᵀ,   dL/dx = (P W)ᵀ dL/dvalues.
 *
 * The gradient in W is dense, as tf.grad returns it, and takes one fill with zeros and k rows; see
 * `rowSparseGrads` for these alone. The indices carry no gradient.
 *
 * On wasm W is read where it is, in SIMD, once for a vector and for each part of a large batch. Elsewhere
 * tfjs's own product is selected from.
 *
 * @param W `[n, d]`, float32, n and d ≥ 1.
 * @param x `[d]`, or a batch `[b, d]`; float32.
 * @param k an integer in [0, n].
 * @returns `values`, float32, and `indices`, int32, both `[k]`, or `[b, k]` for a batch.
 * @throws if an argument is not as described.
 */
export function topkLinear(
  W: Tensor | TensorLike,
  x: Tensor | TensorLike,
  k: number,
): { values: Tensor; indices: Tensor } {
  registerGradients();
  return tidy(() => {
    const inputs = checkLinear(W, x, 'topkLinear');
    checkK(k, inputs.W.shape[0], 'topkLinear');
    provideLinearTopK();
    moveToBackend(Object.values(inputs));
    const [values, indices] = withoutTape(() => select(inputs, k));
    if (!isTaped()) return { values, indices };
    return { values: selectedProducts(inputs.W, inputs.x, indices, values), indices };
  });
}

function select(inputs: { W: Tensor; x: Tensor }, k: number): Tensor[] {
  const shape = [...inputs.x.shape.slice(0, -1), k];
  if (k === 0 || inputs.x.size === 0) return [zeros(shape), zeros(shape, 'int32')];
  const attrs = { k, largest: true, sorted: true };
  return engine().runKernel<Tensor[]>(LinearTopK, inputs, attrs);
}
