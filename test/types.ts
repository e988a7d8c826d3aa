/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- some lines are wrong on purpose */
// What must type-check, and what must not: `npm run typecheck` compiles this file, and nothing runs it.
import * as tf from '@tensorflow/tfjs';
import {
  rowSparseGrads,
  topkLinear,
  RowSparse,
  type Distance,
  type RowSparseGradients,
  type RowSparseResult,
} from '../src/index.ts';

declare const W: tf.Variable<tf.Rank.R2>;
declare const x: tf.Tensor1D;
declare const batch: tf.Tensor2D;
declare const container: (value: tf.TensorContainer) => void;
declare const same: <T>(a: T, b: (value: T) => T) => void;

export function tidyTakesRowSparseGradients(): void {
  const gradients: RowSparseGradients = tf.tidy(() => rowSparseGrads(W, x, 1, (v) => v.sum()));
  container(gradients);
  const dW: RowSparseResult = tf.tidy(() => gradients.dW.add(gradients.dW).mul(2).coalesce());
  tf.dispose([dW, gradients.grads]);
  dW.subtractFrom(W, 0.1);
  const plain: RowSparse = dW;
  const [n, d]: [number, number] = tf.tidy(() => RowSparse.fromRows([[1]], [0], 1)).shape;
  // @ts-expect-error A misspelt method is still seen.
  dW.substractFrom(W, 0.1);
  // @ts-expect-error A stock optimizer does not take it.
  tf.train.sgd(0.1).applyGradients({ [W.name]: plain });
  // @ts-expect-error ... nor that of a result.
  tf.train.adam(n * d).applyGradients([{ name: W.name, tensor: dW }]);
}

export function theLossTakesTensorsOfTheRankOfX(): void {
  rowSparseGrads(W, x, 1, (v: tf.Tensor1D, indices: tf.Tensor1D) => v.mul(indices).sum());
  rowSparseGrads(W, batch, 1, (v: tf.Tensor2D) => v.sum());
  rowSparseGrads(W, [1, 2], 1, (v: tf.Tensor1D) => v.sum());
  // @ts-expect-error A batch has values of rank 2.
  rowSparseGrads(W, batch, 1, (v: tf.Tensor1D) => v.sum());
  // @ts-expect-error The loss is a scalar.
  rowSparseGrads(W, x, 1, (v) => v.dataSync()[0]);
}

export function topkLinearKeepsTheRankOfX(): void {
  const values: tf.Tensor1D = topkLinear(W, x, 1).values;
  const indices: tf.Tensor2D = topkLinear(W, batch, 1).indices;
  const any: tf.Tensor = topkLinear(W, [1, 2], 1).values;
  tf.dispose([values, indices, any]);
}

export function distancesAreNumbers(): void {
  same<Distance>(1, () => [1, 2]);
}
