/** What each program prints: three times the gradient of the two largest, squared and summed, at [3, 1, 2]. */
export const PRINTED = '[[6,0,4],[6,0,4],[6,0,4]]';

const body = `
const losses = [
  (y) => topk(y, 2).values.square().sum(),
  (y) => tf.topk(y, 2).values.square().sum(),
  (y) => tf.gather(y, tf.topk(y, 2).indices).square().sum(),
];
const gradients = losses.map((loss) => tf.grad(loss)(tf.tensor1d([3, 1, 2])).arraySync());
console.log(JSON.stringify(gradients));
`;

export const ESM = `
import * as tf from '@tensorflow/tfjs';
import { topk } from 'tfjs-topk-grad';
${body}`;

export const COMMONJS = `
const tf = require('@tensorflow/tfjs');
const { topk } = require('tfjs-topk-grad');
${body}`;

/** tfjs-core and a backend: what a bundler needs, and no more. tfjs-core has no chained methods then. */
export const CORE = `
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import { topk } from 'tfjs-topk-grad';
${body}`;

/** tfjs-core and a backend in Node, where tfjs-core has no gradient but this package's: each of topk's values alone. */
export const CORE_ALONE = `
require('@tensorflow/tfjs-backend-cpu');
const tf = require('@tensorflow/tfjs-core');
const { topk } = require('tfjs-topk-grad');
const selections = [
  (y) => topk(y, 2).values,
  (y) => tf.topk(y, 2).values,
  (y) => tf.gather(y, tf.topk(y, 2).indices),
];
const [y, dv] = [tf.tensor1d([3, 1, 2]), tf.tensor1d([6, 4])];
console.log(JSON.stringify(selections.map((select) => Array.from(tf.grad(select)(y, dv).dataSync()))));
`;

/** The package first, and tfjs later: then its gradient of gather has to be put right. */
export const TFJS_LATER = `
import { registerGradients, topk } from 'tfjs-topk-grad';
const tf = await import('@tensorflow/tfjs');
registerGradients();
${body}`;

export const LAYERS = `
import * as tf from '@tensorflow/tfjs';
import { TopkActivation } from 'tfjs-topk-grad/layers';
const model = tf.sequential({ layers: [new TopkActivation({ k: 2, inputShape: [3] })] });
console.log(JSON.stringify(model.predict(tf.tensor2d([[3, 1, 2]])).arraySync()));
`;
export const LAYERS_PRINTED = '[[3,0,2]]';

export const TYPED = `
import * as tf from '@tensorflow/tfjs';
import { checkGrads, RowSparse, rowSparseGrads, topk, topkLinear, type TopkOptions } from 'tfjs-topk-grad';
import { TopkGate } from 'tfjs-topk-grad/layers';
const options: TopkOptions = { axis: -1, tieGradient: 'even' };
const values: tf.Tensor1D = topk(tf.tensor1d([3, 1, 2]), 2, options).values;
const ofBatch: tf.Tensor2D = topkLinear(tf.ones([3, 2]), tf.ones([4, 2]) as tf.Tensor2D, 2).values;
const { dW } = tf.tidy(() => rowSparseGrads(tf.ones([3, 2]), values, 1, (v) => v.sum() as tf.Scalar));
console.log(dW instanceof RowSparse, ofBatch, new TopkGate({ k: 1 }), checkGrads);
`;
/** Two mistakes, each of which must be an error: so the types are there, and not any. */
export const MISTYPED = `
import { topk } from 'tfjs-topk-grad';
topk([1], 'two');
topk([1], 1, { larges: true });
`;
