import { getGradient, registerGradient } from '@tensorflow/tfjs-core';
import { TotalOrderTopK } from '../kernels/totalOrderTopK.ts';
import { gatherNd } from './gatherNd.ts';
import { gatherV2 } from './gatherV2.ts';
import { productsRule, rowsRule } from './selectedProducts.ts';
import { scatterNd } from './scatterNd.ts';
import { softMaskRule } from './softMask.ts';
import { scatterRowsOnWebgl } from './scatterRowsOnWebgl.ts';
import { straightThroughRule } from './straightThrough.ts';
import { topK } from './topK.ts';

const RULES = [
  topK,
  { ...topK, kernelName: TotalOrderTopK },
  productsRule,
  rowsRule,
  gatherV2,
  gatherNd,
  scatterNd,
  scatterRowsOnWebgl,
  softMaskRule,
  straightThroughRule,
];

/** Registers the rules that are not, or no longer, in tfjs's registry. */
export function keepRules(): void {
  for (const rule of RULES) if (getGradient(rule.kernelName) !== rule) registerGradient(rule);
}

// @tensorflow/tfjs registers its own rule for GatherV2 when it loads. Where it loads after this
// package, the rule comes back at the end of the program's start, or when topk is next called.
keepRules();
void Promise.resolve().then(keepRules);
