import * as tf from '@tensorflow/tfjs';
import { softTopk, topk, topkActivation, topkLinear, type TopkOptions } from '../src/index.ts';
import { CALLS } from './calls/publicCalls.ts'; // makes tensors, on cpu
import '@tensorflow/tfjs-backend-wasm';

const W = tf.tensor2d([[3], [1], [3], [2]]);
const x = tf.tensor2d([[1], [-1]]);
const mask = tf.tensor2d([[1, 1, 0, 1], [0, 1, 1, 1]], [2, 4], 'bool'); // prettier-ignore

const evenGradient = (options: TopkOptions) => () =>
  tf.grad((x) => topk(x, 2, { tieGradient: 'even', ...options }).values)(tf.tensor1d([2, 1, 2, 2]));

/** What `CALLS` does not reach. */
const MORE: [title: string, call: () => tf.TensorContainer][] = [
  ["topk, 'even', not sorted", evenGradient({ sorted: false })],
  ["topk, 'even', smallest", evenGradient({ largest: false })],
  [
    "topkActivation, 'even'",
    () => tf.grad((x) => topkActivation(x, 1, { tieGradient: 'even' }))(x),
  ],
  ['topkLinear with a mask', () => topkLinear(W, x, 1, { mask })],
  ["topkLinear with a mask, 'even'", () => topkLinear(W, x, 1, { mask, tieGradient: 'even' })],
  ['topkLinear with a mask, acrossBatch', () => topkLinear(W, x, 1, { mask, acrossBatch: true })],
  ['softTopk of a long row', () => softTopk(tf.range(0, 200), 3)],
];

const CALLED = Object.entries(CALLS).flatMap(([name, { good }]) =>
  good.map((call, i): [string, () => unknown] => [`${name}, ${String(i)}`, call]),
);

// tfjs's debug mode refuses Infinity and NaN where a number becomes a tensor.
describe.each(['cpu', 'wasm'])('in debug mode on %s,', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
    tf.env().set('IS_TEST', false); // it takes a tensor that moves to this backend for a leak
  });

  beforeEach(() => {
    jest.spyOn(console, 'log').mockImplementation(); // tfjs reports each kernel
    jest.spyOn(console, 'warn').mockImplementation(); // and that an entry left out by a mask is -Infinity
    tf.env().set('DEBUG', true);
  });

  afterEach(async () => {
    await new Promise(setImmediate); // the last reports
    tf.env().set('DEBUG', false);
    jest.restoreAllMocks();
  });

  it.each([...CALLED, ...MORE])('%s returns', (_, call) => {
    expect(call).not.toThrow();
  });
});
