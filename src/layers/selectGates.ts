import type { Tensor } from '@tensorflow/tfjs-core';
import { putAlongAxis } from '../putAlongAxis.ts';
import { takeAlongAxis } from '../takeAlongAxis.ts';
import { topk } from '../topk.ts';
import type { GateSettings } from './gateArgs.ts';
import { softmax } from './softmax.ts';

/**
 * The gates of logits `[…, n]`: the softmax of the k largest, or of all, at their indices `[…, k]`, and zero elsewhere.
 */
export function selectGates(
  logits: Tensor,
  { k, softmax: of }: Pick<GateSettings, 'k' | 'softmax'>,
): { gates: Tensor; indices: Tensor } {
  const { values, indices } = topk(logits, k);
  const selected = of === 'all' ? takeAlongAxis(softmax(logits), indices) : softmax(values);
  return { gates: putAlongAxis(selected, indices, logits.shape[logits.rank - 1]), indices };
}
