import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {
  gumbelTopk,
  median,
  quantile,
  softTopk,
  sort,
  straightThroughTopk,
  topk,
  topkActivation,
} from '../src/index.ts';

type Along = (x: tf.Tensor, axis: number) => tf.Tensor;

/** From rank 7 on tfjs's arithmetic writes nothing on wasm, so the results are compared as numbers. */
describe.each(['cpu', 'wasm'])('Of a tensor of rank 7 or 8 on %s,', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(() => tf.setBackend('cpu'));

  it.each<[string, Along]>([
    ['topk', (x, axis) => topk(x, 2, { axis }).values],
    ['topkActivation', (x, axis) => topkActivation(x, 2, { axis, tieGradient: 'even' })],
    ['sort', (x, axis) => sort(x, { axis }).values],
    ['quantile', (x, axis) => quantile(x, 0.4, { axis })],
    ['quantile for a list', (x, axis) => quantile(x, [0.4, 1, 0.7], { axis })],
    ['median', (x, axis) => median(x, axis)],
    ['softTopk', (x, axis) => softTopk(x, 3, { axis })],
    ['straightThroughTopk', (x, axis) => straightThroughTopk(x, 3, { axis })],
    ['gumbelTopk', (x, axis) => gumbelTopk(x, 2, { axis, seed: 1 }).perturbed],
  ])('%s and its gradient are those of the same numbers as a matrix', (_, f) => {
    const numbers = [1, 4, 2, 10, -3, 0.5, 7, 2];
    const run = (shape: number[], axis: number) => {
      const x = tf.tensor(numbers, shape);
      const { value, grad } = tf.valueAndGrad((x) => f(x, axis))(x);
      return [...value.dataSync<'float32'>(), ...grad.dataSync<'float32'>()];
    };
    const expected = run([4, 2], 0);
    expect(run([4, 1, 1, 2, 1, 1, 1], 0)).toEqual(expected);
    expect(run([1, 1, 4, 1, 1, 1, 2, 1], 2)).toEqual(expected);
  });
});
