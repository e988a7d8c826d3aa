import {
  add,
  div,
  dot,
  gather,
  linspace,
  mul,
  neg,
  norm,
  outerProduct,
  randomNormal,
  reshape,
  square,
  sub,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  type Rank,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import type { ExactProblem } from '../../experiments/exact/types.ts';
import { selectionMatrix, topk, topkDirectionalDerivative } from '../../src/index.ts';
import { exactPoint } from './exactPoint.ts';
import { lossOfY } from './lossOfY.ts';

export interface Along {
  /** Steps t, L(W + tD), and the parabola L + t⟨∇L, D⟩ + t²‖(Dx)_S‖². */
  t: number[];
  loss: number[];
  parabola: number[];
  /** The one-sided slopes of L(W + tD) at t = 0. */
  slopes: { left: number; right: number };
}

const POINTS = 241;

/**
 * The loss along a direction D of norm 1; undefined if there is no such direction.
 *
 * @param dW the gradient, which is the direction 'gradient'.
 * @param reach the largest |t|.
 * @param seed of the direction 'random'.
 */
export function along(
  problem: ExactProblem,
  dW: number[][],
  direction: 'worst' | 'gradient' | 'random',
  reach: number,
  seed: number,
): Along | undefined {
  return tidy(() => {
    const { point, y } = exactPoint(problem);
    const { k, n, order } = point;
    const [$y, x] = [tensor1d(y), tensor1d(Array.from(problem.x, Number))];
    if (direction === 'worst' && (k === 0 || k === n)) return undefined;
    const worst = () => {
      const [lower, raise] = [order[k - 1], order[k]].map((i) => selectionMatrix([i], n));
      return outerProduct(reshape<Rank.R1>(sub(raise, lower), [n]), x);
    };
    const unscaled = {
      worst,
      gradient: () => tensor2d(dW),
      random: () => randomNormal([n, x.size], 0, 1, 'float32', seed),
    }[direction]();
    const size = norm(unscaled).dataSync()[0];
    if (!(size > 0)) return undefined;
    const d: Tensor = dot(div(unscaled, size), x);

    const t = linspace(-reach, reach, POINTS);
    const { values, indices } = topk($y, k);
    const ofS = gather(d, indices);
    const linear = mul(t, sum(mul(mul(2, values), ofS)));
    const parabola = add(add(lossOfY($y, k), linear), mul(square(t), sum(square(ofS))));
    const slope = (d: Tensor) =>
      sum(mul(mul(2, values), topkDirectionalDerivative($y, k, d))).dataSync()[0];
    return {
      t: Array.from(t.dataSync()),
      loss: Array.from(lossOfY(add($y, outerProduct(t, d as Tensor1D)), k).dataSync()),
      parabola: Array.from(parabola.dataSync()),
      slopes: { left: -slope(neg(d)), right: slope(d) },
    };
  });
}
