import { getGradient, registerGradient } from '@tensorflow/tfjs-core';
import { TotalOrderTopK } from '../kernels/topk/TotalOrderTopK.ts';
import { keepAlongAxisRule, putAlongAxisRule, takeAlongAxisRule } from './alongAxis.ts';
import { rowProductsRule, weightedRowsRule } from './combineRows.ts';
import { gatherNdRule } from './gatherNdRule.ts';
import { gatherV2Rule } from './gatherV2Rule.ts';
import { selectedProductsRule, selectedRowsRule } from './linearTopk.ts';
import { scatterNdRule } from './scatterNdRule.ts';
import { softMaskRule } from './softMask.ts';
import { topkRule } from './topkRule.ts';

const RULES = [
  topkRule,
  { ...topkRule, kernelName: TotalOrderTopK.name },
  gatherV2Rule,
  gatherNdRule,
  scatterNdRule,
  takeAlongAxisRule,
  putAlongAxisRule,
  keepAlongAxisRule,
  selectedProductsRule,
  selectedRowsRule,
  weightedRowsRule,
  rowProductsRule,
  softMaskRule,
];

/**
 * Registers the gradients that tfjs lacks, and replaces tfjs's gradient of gather, which is wrong. Importing this package
 * does it, and so does each call of `topk`. Call it yourself if @tensorflow/tfjs is loaded after this package and
 * `tf.gather` is differentiated before `topk` is called: loading tfjs restores its own gradient of gather.
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
