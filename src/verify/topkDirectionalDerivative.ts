import { util, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { assertArg, checkK, checkNotScalar } from '../args/check.ts';
import { operation } from '../args/operation.ts';
import { toTensor } from '../args/toTensor.ts';
import { takeAlong } from '../gradients/alongAxis.ts';
import { LARGEST_FIRST, topkAlong } from '../gradients/topkAlong.ts';
import { formatShape } from '../util/formatShape.ts';

/**
 * The one-sided directional derivative of v(y) = topk(y, k).values, which exists everywhere, even at ties:
 *
 *   v′(y; d) = lim (v(y + t d) − v(y)) / t for t ↓ 0.
 *
 * Among equal entries, those that increase fastest come first: v′(y; d) is d at the first k indices when they
 * are sorted by y and then by d, both descending. A loss f(y) = L(v(y)) with L differentiable has
 * f′(y; d) = ⟨∇L(v), v′(y; d)⟩. For L = Σ φ(vᵢ) that is Σ φ′(vᵢ) v′ᵢ, whatever the sign of φ′.
 *
 * @param y `[…, n]`, float32.
 * @param k an integer in [0, n].
 * @param direction d, of the shape of y, float32.
 * @returns `[…, k]`, float32.
 * @throws if the shapes differ, y is a scalar, or k is not an integer in [0, n].
 *
 * @example
 * const d = [1, 5, 7, 6, 9];
 * topkDirectionalDerivative([3, 1, 1, 1, 0], 2, d).print(); // [1, 7], the ones tie, and 7 is largest there
 */
export function topkDirectionalDerivative(
  y: Tensor | TensorLike,
  k: number,
  direction: Tensor | TensorLike,
): Tensor {
  return operation('topkDirectionalDerivative', () => {
    const $y = toTensor(y, 'y', 'float32');
    const d = toTensor(direction, 'direction', 'float32');
    checkNotScalar($y, 'y');
    const shapes = `${formatShape(d.shape)} for ${formatShape($y.shape)}`;
    assertArg(util.arraysEqual($y.shape, d.shape), 'direction', "have y's shape", shapes);
    const last = $y.rank - 1;
    const n = $y.shape[last];
    checkK(k, n);

    // topk is stable. So sorting by d first, and by y second, sorts by y and then by d.
    const along = { ...LARGEST_FIRST, axis: last };
    const byD = topkAlong(d, n, along);
    const { indices } = topkAlong(takeAlong($y, byD.indices, last), k, along);
    return takeAlong(byD.values, indices, last);
  });
}
