import { getGradient, registerGradient } from '@tensorflow/tfjs-core';
import { gatherNdRule } from './gatherNdRule.ts';
import { gatherV2Rule } from './gatherV2Rule.ts';
import { scatterNdRule } from './scatterNdRule.ts';
import { topkRule } from './topkRule.ts';

/** Of tfjs's own kernels. Those of this package bring theirs when they first run. */
const RULES = [topkRule, gatherV2Rule, gatherNdRule, scatterNdRule];

/**
 * Registers the gradients that tfjs lacks, and replaces tfjs's gradient of gather, which throws in cases. Importing
 * this package does it, and so does each call of `topk`, `sort`, `topkActivation` or `gumbelTopk`. Call it yourself if
 * @tensorflow/tfjs is loaded after this package and `tf.gather` is differentiated before one of these is called:
 * loading tfjs restores its own gradient of gather.
 *
 * @example
 * registerGradients();
 * tf.grad((x) => tf.topk(x, 2).values.sum())(tf.tensor1d([3, 1, 2])).print(); // [1, 0, 1]
 */
export function registerGradients(): void {
  if (getGradient(gatherV2Rule.kernelName) === gatherV2Rule) return; // the only one that tfjs has as well
  RULES.forEach(registerGradient);
}

registerGradients();
// Again once the program has started: @tensorflow/tfjs may be imported right after this package.
void Promise.resolve().then(registerGradients);
