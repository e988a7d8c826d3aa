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
import { selectionMargin, topkLinear, topkLinearSubdifferential } from '../../src/index.ts';
import { causeOf, type Cause } from './causeOf.ts';
import { standing, type Standing } from './standing.ts';

export interface BatchAnswer {
  loss: number;
  /** Which weight each example selects. */
  selected: number[];
  /** How many examples tie. */
  ties: number;
  isDifferentiable: boolean;
  /** What is said to be the gradient, and, of the central difference, why it is off where it is. */
  candidates: { name: string; gradient: number[]; standing: Standing; cause?: Cause }[];
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
    const [first, even] = [grad(lossBy('first'))(W), grad(lossBy('even'))(W)];
    const isDifferentiable = inW.bouligand().shape[0] === 1;
    const [value] = loss(W).dataSync();
    const byStep = (h / 2) * sum(square(X)).dataSync()[0];
    const candidate = (name: string, g: Tensor, byStep?: number) => ({
      name,
      gradient: Array.from(g.dataSync()),
      standing: standing(reshape(g, [2, 1]), inW, even, byStep),
    });
    const margins = examples.map((x) => selectionMargin(reshape(mul(W, x), [2]), 1).margin);
    return {
      loss: value,
      selected: Array.from(topkLinear(W, X, 1).indices.dataSync()),
      ties: margins.filter((margin) => margin === 0).length,
      isDifferentiable,
      candidates: [
        candidate('first', first),
        candidate('even', even),
        {
          ...candidate('central difference', central, isDifferentiable ? undefined : byStep),
          cause: causeOf(reshape(central, [2, 1]), even, value, h, byStep),
        },
      ],
    };
  });
}
