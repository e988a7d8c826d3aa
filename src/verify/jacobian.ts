import { reshape, stack, tensor, tidy, zeros, type Tensor } from '@tensorflow/tfjs-core';
import type { TensorLike } from '@tensorflow/tfjs-core';
import { toTensor } from '../args/toTensor.ts';
import { checkFunction } from '../args/checkFunction.ts';
import { checkOutput } from '../args/checkOutput.ts';
import { vjp } from '../gradients/vjp.ts';

/**
 * The Jacobian of f as a function of x: entry `[…i, …j]` is ∂f(x)ᵢ / ∂xⱼ. One backward pass for each
 * entry of f(x), whatever the size of x, each with its forward pass; no read from the backend.
 *
 * @param f from a float32 tensor of any shape to one of any shape. Where it does not depend on x
 *   the entries are 0.
 * @returns a function of x, which returns float32 `[...f(x).shape, ...x.shape]`.
 * @throws if f is not a function; and that function, if x is not float32, or f returns no float32 tensor.
 *
 * @example
 * jacobian((y) => topk(y, 2).values)([3, 1, 2]); // [[1, 0, 0], [0, 0, 1]], the selection matrix
 */
export function jacobian<X extends Tensor>(f: (x: X) => Tensor): (x: X | TensorLike) => Tensor {
  checkFunction(f, 'jacobian');
  return (x) =>
    tidy(() => {
      const $x = toTensor(x, 'x', 'jacobian', 'float32') as X;
      const { shape, size } = tidy(() => checkOutput(f($x), 'jacobian'));
      if (size === 0 || $x.size === 0) return zeros([...shape, ...$x.shape]);

      const rows = Array.from({ length: size }, (_, i) => {
        const unit = new Float32Array(size);
        unit[i] = 1;
        return tidy(() =>
          reshape(vjp(f as (x: Tensor) => Tensor, [$x], tensor(unit, shape))[0], [-1]),
        );
      });
      return reshape(stack(rows), [...shape, ...$x.shape]);
    });
}
