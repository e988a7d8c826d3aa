import type { Dtype, Order, Task } from './inputs.ts';

/** Top-k of one row of n numbers, or of several. */
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

/** Σ topk(Wx)² and its gradient for W `[n, d]`, k = 32, and a vector x, or a batch. */
export function gradientTask(n: number, d: number, batch = 0): Task {
  const of = batch > 0 ? `, batch of ${String(batch)}` : '';
  const id = `Σ topk(Wx)², W [${String(n)}, ${String(d)}], k = 32${of}`;
  const numbers = { order: 'random', dtype: 'float32', largest: true } as const;
  return { id, work: 'gradient', rows: batch, n, d, k: 32, ...numbers };
}
