import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { checkGrads, selectionMatrix, softTopk, straightThroughTopk, topk } from '../src/index.ts';
import { kinds } from './oracles/plainSoftTopk.ts';

describe.each(['cpu', 'wasm'])('straightThroughTopk on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it('is 1 where topk selects and 0 elsewhere, exactly', () => {
    const entry = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.float({ noNaN: true, min: -9, max: 9 }),
    );
    const rows = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 40 }))
      .chain(([b, n]) => fc.tuple(fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: b, maxLength: b }), fc.integer({ min: 1, max: n - 1 }))); // prettier-ignore
    fc.assert(
      fc.property(rows, ([x, k]) => {
        const mask = straightThroughTopk(tf.tensor2d(x), k, { temperature: 0.3 });
        const P = selectionMatrix(topk(tf.tensor2d(x), k).indices, x[0].length);
        expect(mask).toEqualTensor(P.sum(-2));
        expect(mask.dtype).toBe('float32');
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('is 1 where topk selects of integers, also above 2²⁴, where float32 would tie them', () => {
    const integers = fc.array(fc.integer({ min: 2 ** 24, max: 2 ** 24 + 9 }), { minLength: 2 });
    fc.assert(
      fc.property(integers, ([...row]) => {
        const x = tf.tensor1d(row, 'int32');
        const mask = straightThroughTopk(x, 1);
        expect(mask).toEqualTensor(selectionMatrix(topk(x, 1).indices, row.length).sum(-2));
        expect(mask.dtype).toBe('float32');
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it.each(kinds)('has the gradients of softTopk to order 2: %s', (kind) => {
    const x = tf.tensor2d([
      [3, 1, 2, 0.5, -1],
      [0.1, 0.4, 0.2, 0.6, 0.3],
    ]);
    const options = { kind, temperature: tf.scalar(1.3) };
    const weights = tf.tensor1d([1, -2, 3, 5, 4]);
    const linear = (relaxed: typeof softTopk) => (x: tf.Tensor) => relaxed(x, 2, options).mul(weights).sum(); // prettier-ignore
    const gradient = (relaxed: typeof softTopk) => tf.grad(linear(relaxed));
    expect(gradient(straightThroughTopk)(x)).toEqualTensor(gradient(softTopk)(x));
    // The loss is linear in the mask, so the mask's value has no part in the second order, either.
    const curvature = (relaxed: typeof softTopk) =>
      tf.grad((x) => gradient(relaxed)(x).square().sum())(x);
    expect(curvature(straightThroughTopk)).toEqualTensor(curvature(softTopk));
    const inTemperature = (relaxed: typeof softTopk) =>
      tf.grad((temperature) => relaxed(x, 2, { kind, temperature: temperature as tf.Scalar }).mul(weights).sum())(tf.scalar(1.3)); // prettier-ignore
    expect(inTemperature(straightThroughTopk)).toEqualTensor(inTemperature(softTopk));
  });

  it('gives the loss of the hard mask, and the gradient of the soft one', () => {
    const x = tf.tensor1d([0.3, 0.1, 0.2]);
    const target = tf.tensor1d([0, 1, 0]);
    const loss = (x: tf.Tensor): tf.Scalar => straightThroughTopk(x, 1).sub(target).square().sum();
    const { value, grad } = tf.valueAndGrad(loss)(x);
    expect(value).toEqualTensor(2); // of the mask [1, 0, 0]
    const upstream = tf.tensor1d([2, -2, 0]); // 2 (mask − target), at the selection
    const soft = tf.grad((x) => softTopk(x, 1).mul(upstream).sum())(x);
    expect(grad).toEqualTensor(soft);
    expect(grad.dataSync()[1]).toBeLessThan(0); // descent raises what was not selected
    expect(() => checkGrads(loss, [x])).toThrow('checkGrads'); // it is not the gradient of the loss
  });
});

describe('straightThroughTopk', () => {
  it.each<[string, unknown, unknown]>([
    ['k must be an integer in [0, 3], got 4', [1, 2, 3], 4],
    ['k must be an integer in [0, 3], got 1.5', [1, 2, 3], 1.5],
    ['x must be numbers, got NaN', [1, NaN, 3], 1],
    ['x must be of rank 1 or higher, got a scalar', 1, 1],
  ])('throws: %s', (message, x, k) => {
    expect(() => straightThroughTopk(x as number[], k as number)).toThrow(
      `straightThroughTopk: ${message}`,
    );
  });
});
