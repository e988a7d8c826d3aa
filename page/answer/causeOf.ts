import type { Tensor } from '@tensorflow/tfjs-core';
import { compareGradients } from '../../src/index.ts';

/** Why a central difference is off what it comes to for a small step in exact arithmetic. */
export type Cause = 'step' | 'rounding';

/** A difference of two losses may be off by a few times what each is. */
const FEW = 8;
const UNIT_ROUNDOFF = 2 ** -24;

/**
 * @param limit what it comes to.
 * @param loss the loss there, which float32 rounds.
 * @param h the step.
 * @param byStep how far the step takes it off.
 */
export function causeOf(g: Tensor, limit: Tensor, loss: number, h: number, byStep: number): Cause {
  const { maxAbsDiff } = compareGradients(g, limit);
  const rounding = (FEW * UNIT_ROUNDOFF * Math.abs(loss)) / h;
  return maxAbsDiff > 2 * byStep && maxAbsDiff <= byStep + rounding ? 'rounding' : 'step';
}
