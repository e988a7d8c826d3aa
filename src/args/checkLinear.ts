import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { assertArg, checkK } from './check.ts';
import { toTensor } from './toTensor.ts';

/** W `[n, d]` and x `[d]` or `[b, d]` as float32 tensors, n and d ≥ 1; k in [0, n]. */
export function checkLinear(
  W: Tensor | TensorLike,
  x: Tensor | TensorLike,
  k: number,
): { W: Tensor; x: Tensor } {
  const [$W, $x] = [toTensor(W, 'W', 'float32'), toTensor(x, 'x', 'float32')];
  assertArg($W.rank === 2 && $W.size > 0, 'W', 'be of shape [n, d], n and d >= 1', $W);
  const [n, d] = $W.shape;
  const fits = [1, 2].includes($x.rank) && $x.shape[$x.rank - 1] === d;
  const rule = () => `be of shape [${String(d)}] or [b, ${String(d)}] for W [${String($W.shape)}]`;
  assertArg(fits, 'x', rule, $x);
  checkK(k, n);
  return { W: $W, x: $x };
}
