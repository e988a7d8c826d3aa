import {
  dot,
  grad,
  mul,
  square,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { softTopk } from '../../src/index.ts';

export interface Soft {
  /** The mask m of softTopk(Wx, k), and its sum. */
  mask: number[];
  sum: number;
  /** L = Σ mᵢyᵢ² and its gradient in W. */
  loss: number;
  dW: number[][];
}

/** The loss with the mask of softTopk in place of the selection; 0 < k < n. */
export function soft(
  { W, x, k }: { W: number[][]; x: number[]; k: number },
  temperature: number,
): Soft {
  return tidy(() => {
    const [$W, $x] = [tensor2d(W), tensor1d(x)];
    const maskOf = (y: Tensor) => softTopk(y, k, { temperature });
    const lossOf = (W: Tensor) => {
      const y = dot(W, $x);
      return sum(mul(maskOf(y), square(y)));
    };
    const mask = maskOf(dot($W, $x));
    return {
      mask: Array.from(mask.dataSync()),
      sum: sum(mask).dataSync()[0],
      loss: lossOf($W).dataSync()[0],
      dW: grad(lossOf)($W).arraySync() as number[][],
    };
  });
}
