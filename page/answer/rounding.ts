import { formatRows } from '../../experiments/exact/formatRows.ts';
import type { Certificate } from '../../experiments/exact/types.ts';

/**
 * What the page says where it computes in float32 something else than the certificate decides for the numbers as typed;
 * empty where that is the same.
 *
 * @param indices of the rows that topk selects in float32.
 */
export function rounding({ selected, inW, float32 }: Certificate, indices: number[]): string {
  const computed = [...indices].sort((i, j) => i - j);
  const exact = [...selected].sort((i, j) => i - j);
  if (computed.join() !== exact.join()) {
    const [instead, typed] = [computed, exact].map(formatRows);
    return `All below is computed in float32. Rounding selects ${instead} there, where the numbers as typed select ${typed}.`;
  }
  if (!float32?.changes.inW) return '';
  return `That is so for the numbers as typed. All below is computed in float32, which rounds them to others, where the loss is ${inW.differentiable ? 'not ' : ''}differentiable.`;
}
