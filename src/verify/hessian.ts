import { scalar, tidy, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { toTensor } from '../args/toTensor.ts';
import { checkFunction } from '../args/checkFunction.ts';
import { checkOutput } from '../args/checkOutput.ts';
import { jacobian } from './jacobian.ts';
import { vjp } from '../gradients/vjp.ts';

/**
 * The Hessian of f as a function of x, the Jacobian of its gradient: entry `[…i, …j]` is
 * ∂²f(x) / ∂xᵢ ∂xⱼ. One backward pass through the gradient for each entry of x.
 *
 * tfjs's own second derivatives are silently wrong where it takes a saved result for a constant: in
 * exp, tanh, sigmoid, softmax, logSoftmax, elu, pow as a function of its exponent, and the sigmoid
 * and softmax cross entropies. `checkGrads` finds that.
 *
 * @param f from a float32 tensor of any shape to a scalar.
 * @returns a function of x, which returns float32 `[...x.shape, ...x.shape]`.
 * @throws if f is not a function; and that function, if x is not float32, or f returns no float32 scalar.
 */
export function hessian<X extends Tensor>(f: (x: X) => Tensor): (x: X | TensorLike) => Tensor {
  checkFunction(f, 'hessian');
  const scalarF = (x: Tensor) => {
    const y = checkOutput(f(x as X), 'hessian');
    if (y.rank > 0)
      throw new Error(`hessian: f must return a scalar, got shape [${String(y.shape)}]`);
    return y;
  };
  return (x) =>
    tidy(() => {
      const $x = toTensor(x, 'x', 'hessian', 'float32');
      return jacobian((x) => vjp(scalarF, [x], scalar(1))[0])($x);
    });
}
