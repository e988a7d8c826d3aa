import { registerGradient } from '@tensorflow/tfjs-core';
import { TotalOrderTopK } from '../kernels/totalOrderTopK.ts';
import { gatherNd } from './gatherNd.ts';
import { gatherV2 } from './gatherV2.ts';
import { scatterNd } from './scatterNd.ts';
import { scatterRowsOnWebgl } from './scatterRowsOnWebgl.ts';
import { topK } from './topK.ts';

const RULES = [
  topK,
  { ...topK, kernelName: TotalOrderTopK },
  gatherV2,
  gatherNd,
  scatterNd,
  scatterRowsOnWebgl,
];

function register(): void {
  RULES.forEach(registerGradient);
}

register();
// @tensorflow/tfjs registers its own rule for GatherV2 when it loads. If it loads after this
// package, in the same program start, this comes after both.
void Promise.resolve().then(register);
