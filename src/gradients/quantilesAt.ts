import {
  concat,
  gather,
  reshape,
  tensor,
  tensor1d,
  tensor2d,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { runKernel, withoutTape } from '../kernels/runKernel.ts';
import { OrderStatistics } from '../kernels/select/OrderStatistics.ts';
import { swapAxes } from '../kernels/swapAxes.ts';
import { takeAlong } from './alongAxis.ts';

/** The ranks of the entry that a quantile is nearest to and of the one on its other side, whose weight is at most ½. */
export interface Place {
  near: number;
  far: number;
  weight: number;
}

/**
 * Q quantiles along axis 1 of x `[outer, n]` or `[outer, n, inner]`, `[Q, outer · inner]`. Which entries they are made
 * of is a constant for every gradient.
 *
 * @param between what lies between the near and the far entries of M quantiles, by weights `[M]` or `[M, 1]`. It is not
 *   asked where the weight is 0: a product with 0 would make NaN of an infinite entry.
 */
export function quantilesAt(
  places: Place[],
  x: Tensor,
  between: (near: Tensor, far: Tensor, weights: Tensor) => Tensor,
): Tensor {
  const [, n] = x.shape as [outer: number, n: number, inner?: number];
  const ranks = [...new Set(places.flatMap(({ near, far }) => [near, far]))];
  const columns = new Map(ranks.map((rank, i) => [rank, i]));
  const indices = withoutTape(() => orderStatistics(x, ranks));
  const entriesAt = (of: Place[], which: 'near' | 'far') => {
    const chosen = of.map((place) => columns.get(place[which]) ?? NaN);
    return takeAlong(x, withoutTape(() => gather(indices, tensor1d(chosen, 'int32'), 1)), 1); // prettier-ignore
  };
  const mixed = places.filter(({ weight }) => weight > 0);
  const single = places.filter(({ weight }) => weight === 0);
  const parts: Tensor[] = [];
  if (mixed.length > 0) {
    const weights = tensor(mixed.map(({ weight }) => weight), x.rank === 2 ? [mixed.length] : [mixed.length, 1]); // prettier-ignore
    parts.push(between(entriesAt(mixed, 'near'), entriesAt(mixed, 'far'), weights));
  }
  if (single.length > 0) parts.push(entriesAt(single, 'near'));
  const width = x.size / n;
  const found = concat(parts.map((part) => reshape(swapAxes(part, 0, 1), [-1, width])));
  if (parts.length === 1) return found;
  const rows = new Map([...mixed, ...single].map((place, i) => [place, i]));
  const order = tensor2d(places.map((place) => [rows.get(place) ?? NaN]), [places.length, 1], 'int32'); // prettier-ignore
  return takeAlong(found, order, 0);
}

/** The indices of the entries at R ranks in ascending order, `[outer, R]` or `[outer, R, inner]`. */
function orderStatistics(x: Tensor, ranks: number[]): Tensor {
  const last = x.rank - 1;
  const [found] = runKernel(OrderStatistics, { x: swapAxes(x, 1, last) }, { ranks });
  return swapAxes(found, 1, last);
}
