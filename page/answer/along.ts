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
 * The loss along a direction D of norm 1; undefined if there is no such direction. Computed in units in which no square
 * overflows float32 or vanishes.
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
    const { point, y, levels } = exactPoint(problem);
    const { k, n, order } = point;
    if (direction === 'worst' && (k === 0 || k === n)) return undefined;
    const x = Array.from(problem.x, Number);
    const ofX = largest(x);
    const $x = tensor1d(x.map((entry) => entry / ofX));
    const worst = () => {
      const [lower, raise] = [order[k - 1], order[k]].map((i) => selectionMatrix([i], n));
      return outerProduct(reshape<Rank.R1>(sub(raise, lower), [n]), $x);
    };
    const unscaled = {
      worst,
      gradient: () => tensor2d(dW.map((row) => row.map((entry) => entry / largest(dW.flat())))),
      random: () => randomNormal([n, x.length], 0, 1, 'float32', seed),
    }[direction]();
    const size = norm(unscaled).dataSync()[0];
    if (!(size > 0)) return undefined;

    // y + td = unit (u + s e), where |s| ≤ 1 for |t| ≤ reach, and |u|, |e| ≤ 1
    const direct: Tensor = dot(div(unscaled, size), $x); // d / ofX
    const step = reach * ofX;
    const unit = Math.max(largest(y), step * largest(direct.dataSync()));
    const u = tensor1d(y.map((entry) => entry / unit));
    const e = mul(direct, step / unit);

    const s = linspace(-1, 1, POINTS);
    const { indices } = topk(levels, k);
    const [values, ofS] = [u, e].map((entries) => gather(entries, indices));
    const linear = mul(s, sum(mul(mul(2, values), ofS)));
    const parabola = add(add(lossOfY(u, k), linear), mul(square(s), sum(square(ofS))));
    const slope = (e: Tensor) =>
      sum(mul(mul(2, values), topkDirectionalDerivative(levels, k, e))).dataSync()[0];
    const scaled = (losses: Tensor) => Array.from(losses.dataSync(), (loss) => loss * unit * unit);
    return {
      t: Array.from(s.dataSync(), (step) => step * reach),
      loss: scaled(lossOfY(add(u, outerProduct(s, e as Tensor1D)), k)),
      parabola: scaled(parabola),
      slopes: {
        left: (-slope(neg(e)) * unit * unit) / reach,
        right: (slope(e) * unit * unit) / reach,
      },
    };
  });
}

/** The largest absolute value; 1 if all are 0. */
const largest = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs)) || 1;
