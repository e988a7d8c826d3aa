/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- some lines are wrong on purpose */
// What must type-check, and what must not: `npm run typecheck` compiles this file, and nothing runs it.
import * as tf from '@tensorflow/tfjs';
import { expectTypeOf } from 'expect-type';
import {
  compareGradients,
  hessian,
  jacobian,
  RowSparse,
  rowSparseGrads,
  selectionMargin,
  selectionMatrix,
  selectionRadius,
  topk,
  topkLinear,
  type Distance,
  type RowSparseGradients,
  type RowSparseResult,
  type TieGradient,
  type TopkOptions,
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

export function tidyTakesWhatExaminesSelectionsAndGradients(): void {
  const { margin } = tf.tidy(() => selectionMargin(x, 1));
  const { inW } = tf.tidy(() => selectionRadius(W, x, 1));
  const { maxUlps } = tf.tidy(() => compareGradients(x, x.neg()));
  expectTypeOf([margin, inW, maxUlps]).toEqualTypeOf<number[]>();
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

export function theGradientOfABiasIsThereIfTheBiasIs(b: tf.Tensor1D, maybe?: tf.Tensor): void {
  const sum = (v: tf.Tensor): tf.Scalar => v.sum();
  expectTypeOf(rowSparseGrads(W, x, 1, sum, { bias: b }).dBias).toEqualTypeOf<tf.Tensor>();
  expectTypeOf(rowSparseGrads(W, x, 1, sum, { bias: [1], mask: [true] }).dBias).toEqualTypeOf<tf.Tensor>(); // prettier-ignore
  expectTypeOf(rowSparseGrads(W, x, 1, sum).dBias).toEqualTypeOf<tf.Tensor | undefined>();
  expectTypeOf(rowSparseGrads(W, x, 1, sum, { bias: maybe }).dBias).toEqualTypeOf<tf.Tensor | undefined>(); // prettier-ignore
  container(rowSparseGrads(W, x, 1, sum, { bias: b }));
  const { dBias } = tf.tidy(() => rowSparseGrads(W, x, 1, (v) => v.sum(), { bias: b }));
  expectTypeOf(dBias).toEqualTypeOf<tf.Tensor>();
  // @ts-expect-error A batch has values of rank 2, with a bias, too.
  rowSparseGrads(W, batch, 1, (v: tf.Tensor1D) => v.sum(), { bias: b });
}

interface Selected<T> {
  values: T;
  indices: T;
}

export function resultsHaveRanks(x: tf.Tensor, x1: tf.Tensor1D, x2: tf.Tensor2D): void {
  const options: TopkOptions = { tieGradient: 'even' satisfies TieGradient };
  expectTypeOf(topk(x2, 2, options)).toEqualTypeOf<Selected<tf.Tensor2D>>();
  expectTypeOf(topk(x)).toEqualTypeOf<Selected<tf.Tensor>>(); // as tf.topk: k = 1
  expectTypeOf(topk(x1, 2, false)).toEqualTypeOf<Selected<tf.Tensor1D>>(); // not sorted

  expectTypeOf(topkLinear(x2, x1, 2)).toEqualTypeOf<Selected<tf.Tensor1D>>();
  expectTypeOf(topkLinear(x2, x2, 2)).toEqualTypeOf<Selected<tf.Tensor2D>>();
  expectTypeOf(topkLinear([[1]], [1], 1)).toEqualTypeOf<Selected<tf.Tensor>>();

  expectTypeOf(selectionMatrix(x1, 3)).toEqualTypeOf<tf.Tensor2D>();
  expectTypeOf(selectionMatrix(x2, 3)).toEqualTypeOf<tf.Tensor3D>();
  expectTypeOf(selectionMatrix(x, 3)).toEqualTypeOf<tf.Tensor>();
  expectTypeOf(selectionMatrix([1], 3)).toEqualTypeOf<tf.Tensor>();

  expectTypeOf(jacobian((x: tf.Tensor1D) => x.as2D(1, 2))(x1)).toEqualTypeOf<tf.Tensor3D>();
  expectTypeOf(jacobian((x: tf.Tensor2D) => x.sum().asScalar())(x2)).toEqualTypeOf<tf.Tensor2D>();
  expectTypeOf(hessian((x: tf.Tensor2D) => x.square().sum())(x2)).toEqualTypeOf<tf.Tensor4D>();
  expectTypeOf(hessian((x) => x.sum())([1, 2])).toEqualTypeOf<tf.Tensor>();
  const ofRank8 = jacobian((x: tf.Tensor<tf.Rank.R4>) => x); // for which tfjs has no type
  expectTypeOf(ofRank8([[[[1]]]])).toEqualTypeOf<tf.Tensor>();
}

export function distancesAreNumbers(): void {
  same<Distance>(1, () => [1, 2]);
}
