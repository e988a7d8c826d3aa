import { scalar, tidy, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { assertArg, checkFunction } from '../args/check.ts';
import { checkOutput } from '../args/checkOutput.ts';
import { named, operation } from '../args/operation.ts';
import { toTensor } from '../args/toTensor.ts';
import { vjp } from '../gradients/vjp.ts';
import { formatShape } from '../util/formatShape.ts';
import type { WithAxes } from '../util/WithAxes.ts';
import { jacobianAt } from './jacobianAt.ts';

/**
 * The Hessian of f as a function of x, that is, the Jacobian of its gradient: entry `[…i, …j]` is
 * ∂²f(x) / ∂xᵢ ∂xⱼ. It takes one backward pass through the gradient for each entry of x.
 *
 * tfjs's own second derivatives are silently wrong where a rule reads a saved output, which tfjs treats as a
 * constant: exp, tanh, sigmoid, softmax, logSoftmax, elu, pow as a function of its exponent, and the sigmoid and
 * softmax cross entropies. `checkGrads` detects that.
 *
 * @param f maps a float32 tensor of any shape to a scalar.
 * @returns a function of x that returns float32 `[...x.shape, ...x.shape]`.
 * @throws if f is not a function. The function returned throws if x is not float32 or f does not return a
 *   float32 scalar.
 *
 * @example
 * const H = hessian((y) => topk(y, 2).values.square().sum())([3, 1, 2]);
 * H.print(); // [[2, 0, 0], [0, 0, 0], [0, 0, 2]]
 */
export function hessian<X extends Tensor>(
  f: (x: X) => Tensor,
): (x: X | TensorLike) => WithAxes<X, X> {
  named('hessian', () => {
    checkFunction(f);
  });
  return (x) =>
    operation('hessian', () => {
      const $x = toTensor(x, 'x', 'float32') as X;
      const { shape } = tidy(() => checkOutput(f($x)));
      assertArg(shape.length === 0, 'f', 'return a scalar', `shape ${formatShape(shape)}`);
      const gradient = (x: X) => vjp(f as (x: Tensor) => Tensor, [x], scalar(1))[0] as X;
      return jacobianAt(gradient, $x);
    });
}
