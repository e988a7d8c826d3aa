import * as tf from '@tensorflow/tfjs';
import { withStockRules } from './stockRules.ts'; // before this package: it keeps tfjs's own rules
import { topk } from '../../src/index.ts';
import thread from '../thread.json';

type Topk = (x: tf.Tensor, k: number) => { values: tf.Tensor; indices: tf.Tensor };

const VECTORS: [string, number[], number][] = [
  ['ties', [1, 3, 2, 3, 3], 2],
  ['NaN', [NaN, 1, 5, NaN, 3, 2, 9, NaN], 4],
  ['±Infinity', [0, 2, -2, -Infinity, -3, 2, 0, Infinity, -Infinity], 7],
  ['−0 and 0', [-0, 0, -1, 0], 3],
  ['one entry', [5], 1],
  ['none', [1, 2], 0],
];

const GRADIENTS: [string, number[], (topk: Topk) => (y: tf.Tensor) => tf.Tensor][] = [
  ['gradient of Σ v²', [3, 1, 2], (topk) => (y) => topk(y, 2).values.square().sum()],
  ['… of one entry', [5], (topk) => (y) => topk(y, 1).values.square().sum()],
  ['… by tf.gather', [3, 1, 2], (topk) => (y) => tf.gather(y, topk(y, 2).indices).square().sum()],
];

/** What tf.topk or a gradient answers: tensors that are not read yet, or why it throws. */
export type Answer = tf.Tensor[] | string;

/** tfjs's answers and ours for each edgeCases input, on the backend in use. */
export function edgeCases(): { input: string; tfjs: Answer; ours: Answer }[] {
  const row = (input: string, answer: (topk: Topk) => tf.Tensor[]) => ({
    input,
    tfjs: withStockRules(() => attempt(() => answer(tf.topk))),
    ours: attempt(() => answer(topk)),
  });
  const valuesAndIndices = VECTORS.map(([input, x, k]) =>
    row(`${input}: ${list(x)}, k = ${String(k)}`, (topk) => Object.values(topk(tf.tensor1d(x), k))),
  );
  const gradients = GRADIENTS.map(([input, y, loss]) =>
    row(`${input} at ${list(y)}`, (topk) => [tf.grad(loss(topk))(tf.tensor1d(y))]),
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

/** An answer in words, once it is read: "[3 3] at [1 3]". */
export function inWords(answer: string | ArrayLike<number>[]): string {
  if (typeof answer === 'string') return answer;
  return answer.map(list).join(' at ');
}

function list(entries: ArrayLike<number>): string {
  const words = Array.from(entries, (entry) => (Object.is(entry, -0) ? '-0' : String(entry)));
  return `[${words.join(' ').replaceAll('Infinity', '∞')}]`;
}

/** The thread's gradients on the backend in use: dL/dW and dL/dx. */
export function threadGradients(): tf.Tensor[] {
  const loss = (W: tf.Tensor, x: tf.Tensor) => topk(tf.dot(W, x), thread.k).values.square().sum();
  return tf.grads(loss)([tf.tensor2d(thread.W), tf.tensor1d(thread.x)]);
}
