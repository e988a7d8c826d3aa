import type { Tensor } from '@tensorflow/tfjs-core';
import { compareGradients } from '../../src/index.ts';

/**
 * Whether what a method returns is one of the gradients; 'nearly' if it is close to the even one, and its step keeps it
 * off.
 */
export type Standing = 'yes' | 'nearly' | 'no';

/** The rounding of a difference quotient, beside the entry. */
const ROUNDING = 1e-3;

/** What is off by more of the largest entry than this is not near. */
const NEAR = 0.1;

/**
 * @param byStep how far the step takes a central difference off the even gradient: then it is not one of the gradients,
 *   though rounding may hide that. Without it nothing is 'nearly'.
 */
export function standing(
  g: Tensor,
  set: { contains: (g: Tensor, tolerance: number) => boolean },
  even: Tensor,
  byStep?: number,
): Standing {
  if (byStep === undefined) return set.contains(g, ROUNDING) ? 'yes' : 'no';
  const { maxAbsDiff } = compareGradients(g, even);
  const largest = Math.max(...even.dataSync().map(Math.abs));
  return maxAbsDiff <= Math.min(byStep, NEAR * largest) + ROUNDING * largest ? 'nearly' : 'no';
}
