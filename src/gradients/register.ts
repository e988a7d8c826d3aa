import { registerGradient } from '@tensorflow/tfjs-core';
import { gatherNd } from './gatherNd.ts';
import { scatterNd } from './scatterNd.ts';
import { topK } from './topK.ts';

for (const rule of [topK, gatherNd, scatterNd]) registerGradient(rule);
