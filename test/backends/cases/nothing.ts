import * as tf from '@tensorflow/tfjs';
import {
  jacobian,
  putAlongAxis,
  selectionMatrix,
  softTopk,
  sort,
  straightThroughTopk,
  takeAlongAxis,
  topk,
  topkActivation,
  topkLinear,
  weightedRows,
} from '../../../src/index.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';

/** Where k or the batch is 0. tfjs's rules for mul and sum fail there, and what is constant is not on its tape. */
const { cases, it } = collectCases('where nothing is selected, the gradient');
export { cases as nothing };

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;

const [bias, D] = [[4], [4, 3]];
const indices = (...shape: number[]) => tf.zeros(shape, 'int32');
/** tfjs's own sum of an empty tensor is anything on wasm. */
const sum = (t: tf.Tensor) => tf.concat([t.flatten(), tf.zeros([1])]).sum<tf.Scalar>();
const squares = (t: tf.Tensor) => sum(t.square());

/** The gradient of a loss, and that of the squares of its gradient, are 0. */
async function checkZeros(
  loss: (...inputs: tf.Tensor[]) => tf.Scalar,
  shapes: number[][],
): Promise<void> {
  const inputs = shapes.map((shape, i) => tf.randomNormal(shape, 0, 0.1, 'float32', i));
  const once = (...inputs: tf.Tensor[]) => tf.grads(loss)(inputs);
  const twice = tf.grads((...inputs) => tf.addN(once(...inputs).map(squares)));
  for (const gradients of [once(...inputs), twice(inputs)]) {
    for (const [i, gradient] of gradients.entries())
      await checkTensor(gradient, tf.zeros(shapes[i]));
  }
}

const OPERATIONS: [string, Operation, ...number[][]][] = [
  ['topk of 0 entries', (x) => topk(x, 0).values, [3]],
  ['topk of 0 rows', (x) => topk(x, 2, { tieGradient: 'even' }).values, [0, 4]],
  ['topkActivation of 0 entries', (x) => topkActivation(x, 0), [3]],
  ['sort of 0 rows', (x) => sort(x).values, [0, 4]],
  ['topkLinear of 0 rows of W', (W, x) => topkLinear(W, x, 0).values, D, [3]],
  ['topkLinear of 0 examples', (W, x) => topkLinear(W, x, 2).values, D, [0, 3]],
  [
    'topkLinear of 0 examples across the batch',
    (W, x) => topkLinear(W, x, 2, { acrossBatch: true }).values,
    ...[D, [0, 3]],
  ],
  [
    'topkLinear with a bias of 0 rows of W',
    (W, x, bias) => topkLinear(W, x, 0, { bias }).values,
    ...[D, [2, 3], bias],
  ],
  [
    'softTopk of 0 rows',
    (x, τ) => softTopk(x, 2, { temperature: τ.add<tf.Scalar>(2) }),
    ...[[0, 4], []],
  ],
  [
    'softTopk of rows of 0 entries',
    (x, τ) => softTopk(x, 0, { temperature: τ.add<tf.Scalar>(2) }),
    ...[[2, 0], []],
  ],
  ['the Jacobian of no outputs', (x) => jacobian((x) => topk(x, 0).values)(x), [3]],
  ['straightThroughTopk of 0 rows', (x) => straightThroughTopk(x, 2), [0, 4]],
  ['takeAlongAxis of 0 indices', (x) => takeAlongAxis(x, indices(3, 0), 1), [3, 4]],
  ['putAlongAxis of 0 values', (v) => putAlongAxis(v, indices(3, 0), 4, 1), [3, 0]],
  ['weightedRows of 0 rows of D', (D, v) => weightedRows(D, indices(0), v), D, [0]],
  ['weightedRows of 0 examples', (D, v) => weightedRows(D, indices(0, 2), v), D, [0, 2]],
  ['weightedRows of 0 rows in 2 examples', (D, v) => weightedRows(D, indices(2, 0), v), D, [2, 0]],
];
for (const [name, f, ...shapes] of OPERATIONS) {
  it(`of ${name} is 0, once and twice`, () =>
    checkZeros((...inputs) => squares(f(...inputs)), shapes));
}

const BILINEAR: typeof OPERATIONS = [
  ['topkLinear of 0 rows of W', (W, x) => topkLinear(W, x, 0).values, D, [3]],
  ['topkLinear of 0 examples', (W, x) => topkLinear(W, x, 2).values, D, [0, 3]],
  ['weightedRows of 0 rows of D', (D, v) => weightedRows(D, indices(0), v), D, [0]],
  ['weightedRows of 0 examples', (D, v) => weightedRows(D, indices(0, 2), v), D, [0, 2]],
];
for (const [name, f, ...shapes] of BILINEAR) {
  it(`of the sum of ${name}, which is bilinear, is 0, once and twice`, () =>
    checkZeros((...inputs) => sum(f(...inputs)), shapes));
}

it('of the selection matrix of 0 entries is 0', async () => {
  const loss = (x: tf.Tensor) => sum(selectionMatrix(topk(x, 0).indices, 3));
  await checkTensor(tf.grad(loss)(tf.ones([3])), tf.zeros([3]));
});
