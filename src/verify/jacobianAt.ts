import { concat, reshape, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { checkOutput } from '../args/checkOutput.ts';
import { vjp } from '../gradients/vjp.ts';
import type { WithAxes } from '../util/WithAxes.ts';
import { zerosFrom } from '../util/zerosFrom.ts';

/** The Jacobian of f at x, `[...f(x).shape, ...x.shape]`, a row of it by each backward pass. */
export function jacobianAt<X extends Tensor, Y extends Tensor>(
  f: (x: X) => Y,
  x: X,
): WithAxes<Y, X> {
  const { shape, size } = tidy(() => checkOutput(f(x)));
  const axes = [...shape, ...x.shape];
  if (size === 0 || x.size === 0) return zerosFrom([x], axes);
  const rows = Array.from({ length: size }, (_, i) => {
    const unit = new Float32Array(size);
    unit[i] = 1;
    const upstream = tensor(unit, shape);
    return tidy(() => reshape(vjp((x) => f(x as X), [x], upstream)[0], [1, -1]));
  });
  return reshape(concat(rows), axes); // tfjs cannot differentiate a stack of one tensor twice
}
