import { clone, scalar, type Scalar, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { assertArg, checkFunction, checkTieGradient } from './args/check.ts';
import { checkLinear } from './args/checkLinear.ts';
import { checkOutput } from './args/checkOutput.ts';
import { operation } from './args/operation.ts';
import { linearTopk, topkOfCandidates } from './gradients/linearTopk.ts';
import { vjp } from './gradients/vjp.ts';
import { weightedRows } from './gradients/weightedRows.ts';
import { RowSparse } from './RowSparse.ts';
import type { TopkLinearOptions } from './topkLinear.ts';
import { formatShape } from './util/formatShape.ts';

/**
 * The value and the gradients of loss(topk(Wx)), the one in W as the 2k + d numbers that determine it. It costs
 * little more than topk(Wx). With S the selected rows,
 *
 *   dL/dW = (Pᵀ dL/dv) xᵀ,   dL/dx = W_Sᵀ dL/dv.
 *
 * @param W `[n, d]`, float32, n and d ≥ 1.
 * @param x `[d]`, or a batch `[b, d]`; float32.
 * @param k an integer in [0, n].
 * @param loss a function of the values of top-k, `[k]` or `[b, k]`, and of their indices, of the same shape; it
 *   returns a scalar. Anything else that it depends on is treated as constant. It must not change W or x.
 * @param options `{tieGradient = 'first'}`, as for `topkLinear`. With 'even', dW has a row for every entry that ties at the
 *   threshold as well (as many for each example as the one with the most needs), and on webgl and webgpu all n rows.
 * @returns the `value` of the loss; the `indices`; `dValues`, dL/dv, both `[k]` or `[b, k]`; `dx`, of x's shape; and `dW`.
 *   Outside of tf.tidy, dispose `value` and `dx`, and call `dW.dispose()`, which frees `indices` and `dValues`, too. With
 *   'even' dispose these as well: dW may have its own. Disposing a tensor twice is harmless.
 * @throws if an argument is not as described.
 *
 * @example
 * const W = tf.tensor2d([[1, 0], [0, 2], [1, 1]]);
 * const { value, dW } = rowSparseGrads(W, [3, 1], 1, (v) => v.square().sum());
 * value.print(); // 16
 * dW.indices.print(); // [2]
 * dW.rows().print(); // [[24, 8]]
 */
export function rowSparseGrads(
  W: Tensor | TensorLike,
  x: Tensor | TensorLike,
  k: number,
  loss: (values: Tensor, indices: Tensor) => Scalar,
  options: TopkLinearOptions = {},
): { value: Scalar; indices: Tensor; dValues: Tensor; dx: Tensor; dW: RowSparse } {
  const { parts, n, ...gradients } = operation('rowSparseGrads', () => {
    checkFunction(loss, 'loss');
    const inputs = checkLinear(W, x, k);
    const tieGradient = checkTieGradient(options);
    const { values, indices, candidates } = linearTopk(inputs.W, inputs.x, k, tieGradient);
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

    const hasTies = candidates.indices !== indices;
    const first = (v: Tensor) => topkOfCandidates(v, k, tieGradient);
    const [coefficients] = hasTies ? vjp(first, [candidates.values], dValues) : [dValues];
    const dx = weightedRows(inputs.W, candidates.indices, coefficients);
    const parts = [candidates.indices, coefficients, clone(inputs.x)];
    return { value, indices, dValues, dx, parts, n: inputs.W.shape[0] };
  });
  const [rows, coefficients, $x] = parts;
  return { ...gradients, dW: new RowSparse(rows, coefficients, $x, n, { inRange: true }) };
}

function checkScalar(value: unknown): Scalar {
  const tensor = checkOutput(value, 'loss');
  const got = `a tensor of shape ${formatShape(tensor.shape)}`;
  assertArg(tensor.rank === 0, 'loss', 'return a scalar', got);
  return tensor as Scalar;
}
