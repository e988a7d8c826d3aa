import type { Problem } from './Problem.ts';

/** A TypeScript program that computes the loss, the margin and both gradients. */
export function toProgram({ W, x, k }: Problem): string {
  const rows = W.map((row) => `  [${row.join(', ')}],\n`).join('');
  return `import * as tf from '@tensorflow/tfjs';
import { selectionMargin, selectionMatrix, selectionRadius, topk } from 'tfjs-topk-grad';

const W = tf.tensor2d([
${rows}]);
const x = tf.tensor1d([${x.join(', ')}]);
const k = ${String(k)};

const y = tf.dot(W, x);
const { values, indices } = topk(y, k);
console.log('loss', values.square().sum().dataSync()[0]);
console.log(selectionMargin(y, k), selectionRadius(W, x, k));

const throughTopk = (W: tf.Tensor) => topk(tf.dot(W, x), k).values.square().sum();
tf.grad(throughTopk)(W).print();

const S = selectionMatrix(indices, W.shape[0]);
const throughS = (W: tf.Tensor) => tf.dot(S, tf.dot(W, x)).square().sum();
tf.grad(throughS)(W).print();
`;
}
