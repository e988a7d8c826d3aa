import {
  add,
  div,
  eye,
  gather,
  grad,
  max,
  mul,
  sub,
  tensor1d,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { ExactProblem } from '../../experiments/exact/types.ts';
import { topkSubdifferential } from '../../src/index.ts';
import { tidyValue } from '../../src/util/tidyValue.ts';
import { causeOf, type Cause } from './causeOf.ts';
import { exactPoint, type ExactPoint } from './exactPoint.ts';
import { lossOfY } from './lossOfY.ts';
import { standing, type Standing } from './standing.ts';

export interface Candidate {
  name: string;
  /** θ on the tied rows: the gradient in y over φ′(τ) = 2τ. */
  weights: number[];
  /** Whether it is one of the gradients at the tie. */
  standing: Standing;
  /** Why a central difference is none, where for a small step it nearly is one. */
  cause?: Cause;
}

export interface Tie {
  /** T, the rows that tie; r, how many of them are selected; and τ. */
  tied: number[];
  remaining: number;
  threshold: number;
  /** What different methods return; empty for τ = 0, where the only gradient is 0 on T. */
  candidates: Candidate[];
}

/**
 * The gradients where the k-th and the (k+1)-th entry of y tie, or undefined where they do not.
 *
 * @param h the step of the central differences.
 */
export function tie(problem: ExactProblem, h: number): Tie | undefined {
  const { point, y, levels } = exactPoint(problem);
  const { k, tied, remaining } = point;
  if (remaining === tied.length) return undefined;
  const threshold = y[tied[0]];
  return {
    tied,
    remaining,
    threshold,
    candidates: tidyValue(() => candidates({ y, levels }, k, h)),
  };
}

function candidates(
  { y, levels }: Pick<ExactPoint, 'y' | 'levels'>,
  k: number,
  h: number,
): Candidate[] {
  const $y = tensor1d(y);
  const slope = mul(2, $y);
  const set = topkSubdifferential(levels, k, slope);
  const { tied, remaining } = set;
  const τ = y[tied[0]];
  if (τ === 0) return [];

  const steps = mul(eye(y.length), h);
  const central = div(sub(lossOfY(add($y, steps), k), lossOfY(sub($y, steps), k)), 2 * h);
  const even = set.minNorm();
  // Each tied row gets ½ + h / 4τ, which is ½ without the step: that is even where half of them are selected.
  const byStep = tied.length === 2 * remaining ? h / 2 : undefined;
  const [loss] = lossOfY($y, k).dataSync();
  const candidate = (name: string, g: Tensor, byStep?: number): Candidate => ({
    name,
    weights: Array.from(div(gather(g, tied), 2 * τ).dataSync()),
    standing: standing(g, set, even, byStep),
    ...(byStep !== undefined && { cause: causeOf(g, even, loss, h, byStep) }),
  });
  // tf.max of the tied rows stands for the one that is selected.
  const byMax = add(set.vertex(), mul(slope, maxWeights($y, tied)));
  return [
    candidate('first', set.vertex()),
    candidate('even', even),
    candidate('central difference', central, byStep),
    ...(remaining === 1 ? [candidate('tf.max', byMax)] : []),
  ];
}

/** What the gradient of tf.max over the tied rows has more than that of the first of them. */
function maxWeights(y: Tensor, tied: number[]): Tensor {
  const ofTied = grad((z: Tensor) => max(z))(gather(y, tied)).dataSync();
  const weights = new Float32Array(y.size);
  tied.forEach((i, rank) => (weights[i] = ofTied[rank] - (rank === 0 ? 1 : 0)));
  return tensor1d(weights);
}
