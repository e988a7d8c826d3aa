import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { toTensor } from './toTensor.ts';

/** W and x as tensors; throws unless they are `[n, d]` and `[d]` or `[b, d]`, float32, n and d ≥ 1. */
export function checkLinear(
  W: Tensor | TensorLike,
  x: Tensor | TensorLike,
  fn: string,
): { W: Tensor; x: Tensor } {
  const [$W, $x] = [toTensor(W, 'W', fn, 'float32'), toTensor(x, 'x', fn, 'float32')];
  const shown = ({ shape }: Tensor) => `[${String(shape)}]`;
  if ($W.rank !== 2 || $W.size === 0) {
    throw new Error(`${fn}: W must be of shape [n, d], n and d >= 1, got ${shown($W)}`);
  }
  const d = $W.shape[1];
  if (![1, 2].includes($x.rank) || $x.shape[$x.rank - 1] !== d) {
    const shapes = `[${String(d)}] or [b, ${String(d)}]`;
    throw new Error(`${fn}: x must be of shape ${shapes} for W ${shown($W)}, got ${shown($x)}`);
  }
  return { W: $W, x: $x };
}
