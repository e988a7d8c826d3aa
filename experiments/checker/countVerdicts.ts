import * as tf from '@tensorflow/tfjs';
import { check, type Verdict } from './check.ts';
import { randomFunction } from './randomFunction.ts';
import { seededRandom } from './seededRandom.ts';
import { withFault } from './withFault.ts';

/** A fault of the rule, relative to the slope, in all entries or in one. */
export interface Fault {
  size: number;
  isInAll: boolean;
}

/** How often checkGrads gives each verdict on random functions, the same ones for every fault. */
export function countVerdicts(
  feature: number,
  { size, isInAll }: Fault,
  trials: number,
): Record<Verdict, number> {
  const counts = { wrong: 0, right: 0, uncertain: 0 };
  for (let trial = 0; trial < trials; trial++) {
    const random = seededRandom(7919 * trial);
    const { f, x } = randomFunction(feature, random);
    const faulty = Math.floor(random() * x.length);
    const factors = x.map((_, i) => (isInAll || i === faulty ? 1 + size : 1));
    counts[tf.tidy(() => check(withFault(f, factors), x))]++;
  }
  return counts;
}
