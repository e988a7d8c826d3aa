import * as tf from '@tensorflow/tfjs';
import { topk } from '../../src/index.ts';
import type { Contender } from './Contender.ts';
import { inputs } from './inputs.ts';
import { memoryReader } from './memoryReader.ts';
import type { Task } from './Task.ts';

type TopkResult = Record<'values' | 'indices', tf.Tensor>;

/** This package and stock tfjs, which has no order for NaN and selects only the largest. */
export function topkContenders(task: Task, backend: string): Contender[] {
  const { rows, n, k, order, dtype, largest } = task;
  const data = inputs(rows * n, order, dtype, 1);
  const x = tf.tensor(data, rows > 1 ? [rows, n] : [n], dtype);
  const contender = (name: string, select: () => TopkResult): Contender => ({
    name: `${name}, ${backend}`,
    backend,
    run() {
      tf.dispose(select());
    },
    find: () =>
      tf.tidy(() => {
        const { values, indices } = select();
        const gathered = Array.from(
          indices.dataSync(),
          (index, i) => data[Math.floor(i / k) * n + index],
        );
        return [...values.dataSync(), ...gathered];
      }),
  });
  const ours = contender('this package', () => topk(x, k, { largest }));
  const isSupportedByTfjs = order !== 'a quarter NaN' && largest;
  const stock = isSupportedByTfjs ? [contender('tfjs', () => tf.topk(x, k))] : [];
  return [ours, ...memoryReader(x, 'one read of the data'), ...stock];
}
