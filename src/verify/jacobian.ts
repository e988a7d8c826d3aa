import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkFunction } from '../args/check.ts';
import { named, operation } from '../args/operation.ts';
import { toTensor } from '../args/toTensor.ts';
import type { WithAxes } from '../util/WithAxes.ts';
import { jacobianAt } from './jacobianAt.ts';

/**
 * The Jacobian of f, as a function of x: entry `[…i, …j]` is ∂f(x)ᵢ / ∂xⱼ. It takes one forward and one backward
 * pass for each entry of f(x), whatever the size of x, and reads nothing from the backend. It is differentiable
 * itself, so Jacobians nest, but tf.grad throws where the Jacobian is constant, as that of topk is.
 *
 * @param f maps a float32 tensor of any shape to one of any shape. The Jacobian is 0 where f does not depend
 *   on x.
 * @returns a function of x that returns float32 `[...f(x).shape, ...x.shape]`.
 * @throws if f is not a function. The function returned throws if x is not float32 or f does not return a
 *   float32 tensor.
 *
 * @example
 * const J = jacobian((y) => topk(y, 2).values)([3, 1, 2]);
 * J.print(); // [[1, 0, 0], [0, 0, 1]], the selection matrix
 */
export function jacobian<X extends Tensor, Y extends Tensor>(
  f: (x: X) => Y,
): (x: X | TensorLike) => WithAxes<Y, X> {
  named('jacobian', () => {
    checkFunction(f);
  });
  return (x) => operation('jacobian', () => jacobianAt(f, toTensor(x, 'x', 'float32') as X));
}
