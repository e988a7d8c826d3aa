import { util, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { assertArg } from '../args/check.ts';
import { operation } from '../args/operation.ts';
import { toTensor } from '../args/toTensor.ts';
import { formatShape } from '../util/formatShape.ts';

/** A type and not an interface, so that a callback of `tf.tidy` may return it. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type GradientDifference = {
  /** max |a − b| */
  maxAbsDiff: number;
  /** max |a − b| / max(|a|, |b|); 0 where both are 0. */
  maxRelDiff: number;
  /** The largest difference in units in the last place: how many float32 numbers apart a and b are. */
  maxUlps: number;
};

/**
 * How much two gradients differ: the largest difference between corresponding entries, in three measures. −0
 * equals 0. NaN equals NaN, an infinity equals itself, and both are infinitely far from everything else.
 *
 * @param a a tensor or array-like of any shape; integers are read as float32.
 * @param b the same shape.
 * @returns numbers, read synchronously; all 0 for empty tensors.
 * @throws if the shapes differ.
 *
 * @example
 * compareGradients([1, 100], [2, 110]); // { maxAbsDiff: 10, maxRelDiff: 0.5, maxUlps: 8388608 }
 * compareGradients([1], [1 + 2 ** -23]).maxUlps; // 1
 */
export function compareGradients(
  a: Tensor | TensorLike,
  b: Tensor | TensorLike,
): GradientDifference {
  return operation('compareGradients', () => {
    const [$a, $b] = [toTensor(a, 'a'), toTensor(b, 'b')];
    const shapes = `${formatShape($a.shape)} and ${formatShape($b.shape)}`;
    const isSame = util.arraysEqual($a.shape, $b.shape);
    assertArg(isSame, 'a and b', 'have the same shape', shapes);
    const [as, bs] = [$a, $b].map((t) => new Float32Array(t.dataSync()));
    const largest = { maxAbsDiff: 0, maxRelDiff: 0, maxUlps: 0 };
    as.forEach((ai, i) => {
      const [abs, rel, ulps] = difference(ai, bs[i]);
      largest.maxAbsDiff = Math.max(largest.maxAbsDiff, abs);
      largest.maxRelDiff = Math.max(largest.maxRelDiff, rel);
      largest.maxUlps = Math.max(largest.maxUlps, ulps);
    });
    return largest;
  });
}

function difference(a: number, b: number): [abs: number, rel: number, ulps: number] {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return [0, 0, 0];
  const abs = Math.abs(a - b);
  if (!Number.isFinite(abs)) return [Infinity, Infinity, Infinity];
  return [abs, abs / Math.max(Math.abs(a), Math.abs(b)), Math.abs(ordinal(a) - ordinal(b))];
}

/** Numbers all float32 numbers in increasing order, so that neighbours differ by 1, and 0 and −0 are 0. */
function ordinal(x: number): number {
  view.setFloat32(0, x);
  const bits = view.getInt32(0);
  return bits < 0 ? -(bits & 0x7fffffff) : bits;
}

const view = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(4));
