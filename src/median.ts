import {
  add,
  div,
  isFinite,
  mul,
  scalar,
  where,
  type Tensor,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import { operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { withoutTape } from './kernels/runKernel.ts';
import { quantileOf } from './quantile.ts';

/** The mean of two numbers. They are halved before only if their sum overflows, since halving rounds subnormal ones. */
function mean(a: Tensor, b: Tensor): Tensor {
  const factor = withoutTape(() => where(isFinite(add(a, b)), scalar(1), scalar(0.5)));
  return mul(add(mul(a, factor), mul(b, factor)), div(0.5, factor));
}

/**
 * The median along an axis, as `numpy.median`: the middle entry, or the mean of the middle two. It is `quantile` at ½
 * with that mean, with its gradient, its rule for ties and its rule for NaN; on wasm it takes about as long as a few
 * reads of x.
 *
 * @param x any shape, float32 or int32, with at least one entry along the axis.
 * @param axis an integer; a negative one counts from the last, −1. Without it, or with null, the median of all
 *   entries.
 * @returns float32, of x's shape without the axis, or a scalar.
 * @throws if an argument is not as described.
 *
 * @example
 * median([4, 1, 3, 2]).print(); // 2.5
 * tf.grad((x) => median(x))(tf.tensor1d([4, 1, 3, 2])).print(); // [0, 0, 0.5, 0.5]
 */
export function median(x: Tensor | TensorLike, axis?: number | null): Tensor {
  return operation('median', () => quantileOf(toTensor(x, 'x'), 0.5, { axis }, mean));
}
