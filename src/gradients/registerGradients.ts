import { getGradient, registerGradient } from '@tensorflow/tfjs-core';
import { TotalOrderTopK } from '../kernels/topk/TotalOrderTopK.ts';
import { gatherNdRule } from './gatherNdRule.ts';
import { gatherV2Rule } from './gatherV2Rule.ts';
import { productsRule, rowsRule } from './linearTopk.ts';
import { scatterNdRule } from './scatterNdRule.ts';
import { softMaskRule } from './softMask.ts';
import { scatterRowsRule } from './scatterRowsRule.ts';
import { straightThroughRule } from './straightThrough.ts';
import { topkRule } from './topkRule.ts';

const RULES = [
  topkRule,
  { ...topkRule, kernelName: TotalOrderTopK },
  productsRule,
  rowsRule,
  gatherV2Rule,
  gatherNdRule,
  scatterNdRule,
  scatterRowsRule,
  softMaskRule,
  straightThroughRule,
];

/** Registers the rules that are not, or no longer, in tfjs's registry. */
export function registerGradients(): void {
  for (const rule of RULES) if (getGradient(rule.kernelName) !== rule) registerGradient(rule);
}

// @tensorflow/tfjs registers its own rule for GatherV2 when it loads. Where it loads after this
// package, the rule comes back at the end of the program's start, or when topk is next called.
registerGradients();
void Promise.resolve().then(registerGradients);
