import type { Tensor } from '@tensorflow/tfjs-core';
import { compareGradients } from '../../src/index.ts';

/** Whether what a method returns is one of the gradients; 'nearly' if it is the even one but for the step of a difference. */
export type Standing = 'yes' | 'nearly' | 'no';

/** The rounding of a difference quotient, beside the entry. */
const ROUNDING = 1e-3;

/** @param byStep how far the step takes a central difference off the even gradient. Without it nothing is 'nearly'. */
export function standing(
  g: Tensor,
  set: { contains: (g: Tensor, tolerance: number) => boolean },
  even: Tensor,
  byStep?: number,
): Standing {
  if (set.contains(g, ROUNDING)) return 'yes';
  if (byStep === undefined) return 'no';
  const { maxAbsDiff } = compareGradients(g, even);
  const largest = Math.max(...even.dataSync().map(Math.abs));
  return maxAbsDiff <= byStep + ROUNDING * largest ? 'nearly' : 'no';
}
