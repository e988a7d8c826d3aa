import {
  add,
  div,
  eye,
  grad,
  reshape,
  square,
  stack,
  sub,
  sum,
  tensor2d,
  tidy,
  unstack,
  mul,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { topkLinear, topkLinearSubdifferential } from '../../src/index.ts';

export interface BatchAnswer {
  loss: number;
  /** Which weight each example selects. */
  selected: number[];
  candidates: { name: string; gradient: number[]; isGradient: boolean }[];
}

/**
 * Two weights w and two examples x, each of one number: L = Σ over the examples of max(w₁x, w₂x)², and what
 * is said to be its gradient.
 *
 * @param h the step of the central differences.
 */
export function batch(weights: number[], examples: number[], h: number): BatchAnswer {
  return tidy(() => {
    const [W, X] = [weights, examples].map((entries) => tensor2d(entries, [2, 1]));
    const lossBy = (tieGradient: 'first' | 'even') => (W: Tensor) =>
      sum(square(topkLinear(W, X, 1, { tieGradient }).values));
    const loss = lossBy('first');
    const central = stack(
      unstack(reshape(mul(eye(2), h), [2, 2, 1])).map((step) =>
        div(sub(loss(add(W, step)), loss(sub(W, step))), 2 * h),
      ),
    );
    const { inW } = topkLinearSubdifferential(W, X, 1, (y) => 2 * y);
    const candidate = (name: string, g: Tensor) => ({
      name,
      gradient: Array.from(g.dataSync()),
      isGradient: inW.contains(reshape(g, [2, 1]), 1e-3), // the rounding of a difference quotient
    });
    return {
      loss: loss(W).dataSync()[0],
      selected: Array.from(topkLinear(W, X, 1).indices.dataSync()),
      candidates: [
        candidate('first', grad(lossBy('first'))(W)),
        candidate('even', grad(lossBy('even'))(W)),
        candidate('central difference', central),
      ],
    };
  });
}
