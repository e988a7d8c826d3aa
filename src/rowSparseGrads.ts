import {
  add,
  clone,
  expandDims,
  reshape,
  scalar,
  zeros,
  type Scalar,
  type Tensor,
  type TensorLike,
  type Variable,
} from '@tensorflow/tfjs-core';
import { assertArg, checkFunction } from './args/check.ts';
import { checkLinear } from './args/checkLinear.ts';
import { checkLinearOptions } from './args/checkLinearOptions.ts';
import { checkOutput } from './args/checkOutput.ts';
import { checkVariables } from './args/checkVariables.ts';
import { operation } from './args/operation.ts';
import { addRows } from './gradients/addRows.ts';
import { linearTopk, topkOfCandidates } from './gradients/linearTopk.ts';
import { combineRows } from './gradients/combineRows.ts';
import { keepWhere } from './gradients/keepWhere.ts';
import { vjp } from './gradients/vjp.ts';
import { vjpByRows, type ProductByRows } from './gradients/vjpByRows.ts';
import { RowSparse, type RowSparseResult } from './RowSparse.ts';
import type { TopkLinearOptions } from './topkLinear.ts';
import { formatShape } from './util/formatShape.ts';

export interface RowSparseGradsOptions extends TopkLinearOptions {
  /** What else the loss depends on: `grads` has its gradients, by the names of the variables or these. */
  variables?: Variable[] | Record<string, Tensor>;
}

/** A type and not an interface, so that a callback of `tf.tidy` may return it. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type RowSparseGradients = {
  value: Scalar;
  indices: Tensor;
  dValues: Tensor;
  dx: Tensor;
  dW: RowSparseResult;
  dBias?: Tensor;
  grads: Record<string, Tensor | RowSparseResult>;
};

/** With a `bias` there is `dBias`; all else is as without. */
export function rowSparseGrads<X extends Tensor>(
  W: Tensor | TensorLike,
  x: X | TensorLike,
  k: number,
  loss: (values: X, indices: X) => Scalar,
  options: RowSparseGradsOptions & { bias: Tensor | TensorLike },
): RowSparseGradients & { dBias: Tensor };
/**
 * The value and the gradients of loss(topk(Wx)), the one in W as the 2k + d numbers that determine it. It costs
 * little more than topk(Wx). With S the selected rows,
 *
 *   dL/dW = (Pᵀ dL/dv) xᵀ,   dL/dx = W_Sᵀ dL/dv.
 *
 * @param W `[n, d]`, float32, n and d ≥ 1.
 * @param x `[d]`, or a batch `[b, d]`; float32.
 * @param k an integer in [0, n].
 * @param loss a function of the values of top-k and of their indices, both `[k]` or, for a batch, `[b, k]`, or `[b, K]`
 *   with acrossBatch, where K is the most that an example has; it returns a scalar. Anything else that it depends on is
 *   treated as constant, unless it is among `variables`. It must not change W or x. To have the values afterwards as
 *   well, `tf.keep(tf.clone(values))` in it.
 * @param options `{tieGradient = 'first', bias, mask, acrossBatch = false}`, as for `topkLinear`, and `variables`, what
 *   else the loss depends on: tf.Variables, or tensors by names. With 'even', dW has a row for every entry that ties at
 *   the threshold as well (as many for each example as the one with the most needs), and on webgl and webgpu all n
 *   rows.
 * @returns the `value` of the loss; the `indices`; `dValues`, dL/dv, both of the shape that the loss gets; `dx`, of x's
 *   shape; `dW`; `dBias`, `[n]`, if there is a bias; and `grads`, the gradients of `variables` by their names. That of
 *   a matrix whose rows enter the loss through `weightedRows` only, as a decoder's do, is a `RowSparse`; all others are
 *   dense, and so are all within an outer gradient. If W itself is among `variables`, as in an autoencoder with tied
 *   weights, its gradient as a whole is the sum of dW and of this. Outside of tf.tidy, dispose `value`, `dx`, `dBias`
 *   and `grads`, and call `dW.dispose()`, which frees `indices` and `dValues`, too. With 'even' dispose these
 *   as well: dW may have its own. Disposing a tensor twice is harmless.
 * @throws if an argument is not as described.
 *
 * @example
 * const W = tf.tensor2d([[1, 0], [0, 2], [1, 1]]);
 * const { value, dW } = rowSparseGrads(W, [3, 1], 1, (v) => v.square().sum());
 * value.print(); // 16
 * dW.indices.print(); // [2]
 * dW.rows().print(); // [[24, 8]]
 */
export function rowSparseGrads<X extends Tensor>(
  W: Tensor | TensorLike,
  x: X | TensorLike,
  k: number,
  loss: (values: X, indices: X) => Scalar,
  options?: RowSparseGradsOptions,
): RowSparseGradients;
export function rowSparseGrads<X extends Tensor>(
  W: Tensor | TensorLike,
  x: X | TensorLike,
  k: number,
  loss: (values: X, indices: X) => Scalar,
  options: RowSparseGradsOptions = {},
): RowSparseGradients {
  const { parts, n, ...gradients } = operation('rowSparseGrads', () => {
    checkFunction(loss, 'loss');
    const inputs = checkLinear(W, x, k);
    const { settings, ...others } = checkLinearOptions(options, inputs.W, inputs.x, k, ['variables']); // prettier-ignore
    const { variables = {} } = options;
    const named = checkVariables(variables);
    const { values, indices, candidates } = linearTopk({ ...inputs, ...others }, k, settings);
    const lossValues: Scalar[] = [];
    const lossAt = (v: Tensor) => {
      lossValues.push(checkScalar(loss(v as X, indices as X)));
      return lossValues[0];
    };
    const [dLoss, products] = vjpByRows(lossAt, values, Object.values(named), scalar(1));
    const value = clone(lossValues[0]); // which may be a tensor of the caller's
    const { isSelected } = candidates;
    const dValues = isSelected ? keepWhere(dLoss, isSelected) : dLoss;

    const hasTies = candidates.indices !== indices;
    const first = (v: Tensor) => topkOfCandidates(v, k, settings.tieGradient);
    const [coefficients] = hasTies ? vjp(first, [candidates.values], dValues) : [dValues];
    const dx = combineRows(inputs.W, candidates.indices, coefficients);
    const [n] = inputs.W.shape;
    const column = expandDims(coefficients, -1);
    const dBias = others.bias && reshape(addRows(column, candidates.indices, [n, 1]), [n]);
    const grads = Object.fromEntries(
      Object.entries(named).map(([name, D], i) => [name, toGradient(D, products[i])]),
    );
    const parts = [candidates.indices, coefficients, clone(inputs.x)];
    return { value, indices, dValues, dx, ...(dBias && { dBias }), grads, parts, n };
  });
  const [rows, coefficients, $x] = parts;
  return { ...gradients, dW: ofSelection(rows, coefficients, $x, n) };
}

/** Row-sparse if there are weighted sums of rows of D and nothing else. */
function toGradient(D: Tensor, { byRows, dense }: ProductByRows): Tensor | RowSparseResult {
  const parts = byRows.map(([i, c, x]) => ofSelection(i, c, x, D.shape[0]));
  if (parts.length === 0) return dense ?? zeros(D.shape);
  const sum = parts.reduce((a, b) => a.add(b));
  return dense ? add(dense, sum.dense()) : sum;
}

/** Of indices that `topk` returned. */
function ofSelection(indices: Tensor, coefficients: Tensor, x: Tensor, n: number): RowSparseResult {
  return new RowSparse(indices, coefficients, x, n, { inRange: true }) as RowSparseResult;
}

function checkScalar(value: unknown): Scalar {
  const tensor = checkOutput(value, 'loss');
  const got = `a tensor of shape ${formatShape(tensor.shape)}`;
  assertArg(tensor.rank === 0, 'loss', 'return a scalar', got);
  return tensor as Scalar;
}
