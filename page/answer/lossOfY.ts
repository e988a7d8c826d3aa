import { square, sum, type Tensor } from '@tensorflow/tfjs-core';
import { topk } from '../../src/index.ts';

/** Σ topk(y)² of each row of y. */
export const lossOfY = (y: Tensor, k: number): Tensor => sum(square(topk(y, k).values), -1);
