import type * as tf from '@tensorflow/tfjs';
import { checkGrads } from '../../src/index.ts';

/** What checkGrads says: the gradient is wrong, or right, or right as far as float32 can tell. */
export type Verdict = 'wrong' | 'right' | 'uncertain';

export function check(f: (x: tf.Tensor) => tf.Tensor, x: number[]): Verdict {
  try {
    return checkGrads(f, [x], { order: 1 }).uncertain > 0 ? 'uncertain' : 'right';
  } catch (error) {
    const isAboutRounding = (error as Error).message.includes('below the rounding error');
    return isAboutRounding ? 'uncertain' : 'wrong';
  }
}
