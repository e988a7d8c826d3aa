import type { Dtype, Order, Task } from './Task.ts';

/** Top-k of one row of n numbers, or of several rows. */
export function topkTask(
  n: number,
  k: number,
  order: Order = 'random',
  dtype: Dtype = 'float32',
  rows = 1,
  largest = true,
): Task {
  const shape = rows > 1 ? `[${String(rows)}, ${String(n)}]` : String(n);
  const which = largest ? '' : ', smallest';
  const id = `topk of ${shape}, k = ${String(k)}, ${order} ${dtype}${which}`;
  return { id, work: 'topk', rows, n, d: 0, k, order, dtype, largest };
}
