import {
  clone,
  scalar,
  tidy,
  type Scalar,
  type Tensor,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import { checkK } from './args/checkK.ts';
import { checkLinear } from './args/checkLinear.ts';
import { checkFunction } from './args/checkFunction.ts';
import { checkOutput } from './args/checkOutput.ts';
import { weightedRows } from './gradients/linearTopk.ts';
import { vjp } from './gradients/vjp.ts';
import { RowSparse } from './RowSparse.ts';
import { topkLinear } from './topkLinear.ts';

/**
 * The value and the gradients of loss(topk(Wx)), with the one in W as the few numbers that it is made
 * of, at hardly more than the cost of topk(Wx). With S the selected rows,
 *
 *   dL/dW = (Pᵀ dL/dv) xᵀ,   dL/dx = W_Sᵀ dL/dv.
 *
 * @param W `[n, d]`, float32, n and d ≥ 1.
 * @param x `[d]`, or a batch `[b, d]`; float32.
 * @param k an integer in [0, n].
 * @param loss of the values of top-k, `[k]` or `[b, k]`, and of their indices, of the same shape: a
 *   scalar. What else it depends on counts as constant; it must not change W or x.
 * @returns the `value` of the loss; the `indices`; `dValues`, dL/dv, both `[k]` or `[b, k]`; `dx`,
 *   of the shape of x; and `dW`, of which `indices` and `dValues` are parts. Outside of tf.tidy, dispose
 *   `value` and `dx`, and call `dW.dispose()`, which frees the rest.
 * @throws if an argument is not as described.
 */
export function rowSparseGrads(
  W: Tensor | TensorLike,
  x: Tensor | TensorLike,
  k: number,
  loss: (values: Tensor, indices: Tensor) => Scalar,
): { value: Scalar; indices: Tensor; dValues: Tensor; dx: Tensor; dW: RowSparse } {
  checkFunction(loss, 'rowSparseGrads', 'loss');
  const { $x, n, ...gradients } = tidy(() => {
    const { W: $W, x: $x } = checkLinear(W, x, 'rowSparseGrads');
    checkK(k, $W.shape[0], 'rowSparseGrads');
    const { values, indices } = topkLinear($W, $x, k);
    const lossValues: Scalar[] = [];
    const [dValues] = vjp(
      (v) => {
        lossValues.push(checkScalar(loss(v, indices)));
        return lossValues[0];
      },
      [values],
      scalar(1),
    );
    const value = clone(lossValues[0]); // which may be a tensor of the caller's
    const dx = weightedRows($W, indices, dValues);
    return { value, indices, dValues, dx, $x: clone($x), n: $W.shape[0] };
  });
  return { ...gradients, dW: new RowSparse(gradients.indices, gradients.dValues, $x, n) };
}

function checkScalar(value: unknown): Scalar {
  const tensor = checkOutput(value, 'rowSparseGrads', 'loss');
  if (tensor.rank === 0) return tensor as Scalar;
  const shape = `[${String(tensor.shape)}]`;
  throw new Error(`rowSparseGrads: loss must return a scalar, got a tensor of shape ${shape}`);
}
