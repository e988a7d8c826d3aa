import {
  add,
  gather,
  mul,
  range,
  reshape,
  scalar,
  tidy,
  util,
  zeros,
  type Tensor,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import { checkK } from '../args/checkK.ts';
import { toTensor } from '../args/toTensor.ts';
import { topk } from '../topk.ts';

/**
 * The one-sided directional derivative of v(y) = topk(y, k).values, which exists everywhere, also
 * at ties:
 *
 *   v′(y; d) = lim (v(y + t d) − v(y)) / t for t ↓ 0.
 *
 * Among entries that are equal, those that rise most come first: v′(y; d) is d at the first k places
 * of the order by y, and then by d, both descending. So a loss f(y) = L(v(y)) has
 * f′(y; d) = ⟨∇L(v), v′(y; d)⟩; for L = Σ φ(vᵢ) that is Σ φ′(vᵢ) v′ᵢ, whatever the sign of φ′.
 *
 * @param y `[…, n]`, float32.
 * @param k an integer in [0, n].
 * @param direction d, of y's shape, float32.
 * @returns `[…, k]`, float32.
 * @throws if the shapes differ, y is a scalar, or k is not an integer in [0, n].
 */
export function topkDirectionalDerivative(
  y: Tensor | TensorLike,
  k: number,
  direction: Tensor | TensorLike,
): Tensor {
  return tidy(() => {
    const $y = toTensor(y, 'y', 'topkDirectionalDerivative', 'float32');
    const d = toTensor(direction, 'direction', 'topkDirectionalDerivative', 'float32');
    if ($y.rank === 0) {
      throw new Error('topkDirectionalDerivative: y must be of rank 1 or higher, got a scalar');
    }
    if (!util.arraysEqual($y.shape, d.shape)) {
      const shapes = `[${String(d.shape)}] for [${String($y.shape)}]`;
      throw new Error(`topkDirectionalDerivative: direction must have y's shape, got ${shapes}`);
    }
    const n = $y.shape[$y.rank - 1];
    checkK(k, n, 'topkDirectionalDerivative');

    // Equal entries keep their order in topk. So sorting by d, and then by y, is sorting by both.
    const byD = topk(d, n);
    const { indices } = topk(takeFromRows($y, byD.indices), k);
    return takeFromRows(byD.values, indices);
  });
}

/** out[…, j] = x[…, indices[…, j]], by places in all of x: wasm's gather is wrong along a batch. */
function takeFromRows(x: Tensor, indices: Tensor): Tensor {
  if (indices.size === 0) return zeros(indices.shape);
  const n = x.shape[x.rank - 1];
  const rows = x.size / n;
  const starts = mul(reshape(range(0, rows, 1, 'int32'), [rows, 1]), scalar(n, 'int32'));
  const places = add(reshape(indices, [rows, -1]), starts);
  return reshape(gather(reshape(x, [-1]), reshape(places, [-1])), indices.shape);
}
