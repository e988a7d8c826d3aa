import * as tf from '@tensorflow/tfjs';
import { withStockRules } from './withStockRules.ts'; // before src/, whose rules it undoes
import { topk } from '../../src/index.ts';
import { formatList } from './formatAnswer.ts';

type Topk = (x: tf.Tensor, k: number) => { values: tf.Tensor; indices: tf.Tensor };

const VECTORS: [string, number[], number][] = [
  ['ties', [1, 3, 2, 3, 3], 2],
  ['NaN', [NaN, 1, 5, NaN, 3, 2, 9, NaN], 4],
  ['±Infinity', [0, 2, -2, -Infinity, -3, 2, 0, Infinity, -Infinity], 7],
  ['−0 and 0', [-0, 0, -1, 0], 3],
  ['one entry', [5], 1],
  ['nothing selected', [1, 2], 0],
];

const GRADIENTS: [string, number[], (topk: Topk) => (y: tf.Tensor) => tf.Tensor][] = [
  ['gradient of Σ v²', [3, 1, 2], (topk) => (y) => topk(y, 2).values.square().sum()],
  ['… of one entry', [5], (topk) => (y) => topk(y, 1).values.square().sum()],
  ['… by tf.gather', [3, 1, 2], (topk) => (y) => tf.gather(y, topk(y, 2).indices).square().sum()],
];

/** The result of top-k or of a gradient: tensors that are not read yet, or the error it throws. */
export type Answer = tf.Tensor[] | string;

/** The answers of stock tfjs and of this package to each edge case, on the current backend. */
export function edgeCases(): { input: string; tfjs: Answer; ours: Answer }[] {
  const compare = (input: string, answer: (topk: Topk) => tf.Tensor[]) => ({
    input,
    tfjs: withStockRules(() => attempt(() => answer(tf.topk))),
    ours: attempt(() => answer(topk)),
  });
  const valuesAndIndices = VECTORS.map(([name, x, k]) => {
    const input = `${name}: ${formatList(x)}, k = ${String(k)}`;
    return compare(input, (topk) => Object.values(topk(tf.tensor1d(x), k)));
  });
  const gradients = GRADIENTS.map(([name, y, loss]) =>
    compare(`${name} at ${formatList(y)}`, (topk) => [tf.grad(loss(topk))(tf.tensor1d(y))]),
  );
  return [...valuesAndIndices, ...gradients];
}

function attempt(answer: () => tf.Tensor[]): Answer {
  try {
    return answer();
  } catch (error) {
    return `throws: ${(error as Error).message.split(/[.:]/)[0]}`;
  }
}
