import type { Task } from './Task.ts';

/** Σ topk(Wx)² and its gradient, for W of shape [n, d], k = 32, and x a vector or a batch. */
export function gradientTask(n: number, d: number, batch = 0): Task {
  const suffix = batch > 0 ? `, batch of ${String(batch)}` : '';
  const id = `Σ topk(Wx)², W [${String(n)}, ${String(d)}], k = 32${suffix}`;
  const numbers = { order: 'random', dtype: 'float32', largest: true } as const;
  return { id, work: 'gradient', rows: batch, n, d, k: 32, ...numbers };
}
