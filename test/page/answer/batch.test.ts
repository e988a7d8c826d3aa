import * as tf from '@tensorflow/tfjs';
import { batch } from '../../../page/answer/batch.ts';
import { soft } from '../../../page/answer/soft.ts';
import { gradients } from '../../../page/answer/gradients.ts';
import { numbersOf } from '../../../page/state/Problem.ts';
import { PRESETS } from '../../../page/state/presets.ts';

beforeAll(() => tf.setBackend('cpu'));

describe('batch(weights, examples, h)', () => {
  const standings = (...problem: Parameters<typeof batch>) =>
    batch(...problem).candidates.map(({ standing }) => standing);

  it('finds that ‘first’ is no gradient of w₀² + w₁², and ‘even’ is', () => {
    const { loss, ties, isDifferentiable, candidates } = batch([1, 1], [1, -1], 2 ** -7);
    expect({ loss, ties, isDifferentiable }).toEqual({ loss: 2, ties: 2, isDifferentiable: true });
    expect(candidates).toMatchObject([
      { name: 'first', gradient: [4, 0], standing: 'no' },
      { name: 'even', gradient: [2, 2], standing: 'yes' },
      { name: 'central difference', gradient: [2, 2], standing: 'yes' },
    ]);
  });

  it('finds no difference where nothing ties', () => {
    expect(standings([2, 1], [1, -1], 2 ** -7)).toEqual(['yes', 'yes', 'yes']);
    const { ties, isDifferentiable } = batch([2, 1], [1, -1], 2 ** -7);
    expect({ ties, isDifferentiable }).toEqual({ ties: 0, isDifferentiable: true });
  });

  it('finds the central difference near the even one at a kink, and off by a large step or where it crosses the cut', () => {
    for (const h of [2 ** -4, 2 ** -7, 2 ** -10]) {
      expect(standings([1, 1], [1, 2], h)).toEqual(['yes', 'yes', 'nearly']);
    }
    expect(standings([1, 1], [1, 2], 2)).toEqual(['yes', 'yes', 'no']);
    expect(batch([1, 1], [1, 2], 2 ** -7).isDifferentiable).toBe(false);
    expect(standings([1.01, 1], [1, 2], 2 ** -3)).toEqual(['yes', 'yes', 'no']);
  });

  it('says whether the step or rounding takes a central difference off', () => {
    const causeOf = (...problem: Parameters<typeof batch>) => {
      const { standing, cause } = batch(...problem).candidates[2];
      return [standing, cause];
    };
    expect(causeOf([0, 0], [1, 2], 2 ** -7)).toEqual(['no', 'step']); // smooth, with two curvatures
    expect(causeOf([1, 1], [1, 2], 2)).toEqual(['no', 'step']);
    expect(causeOf([1.01, 1], [1, 2], 2 ** -3)).toEqual(['no', 'step']);
    expect(causeOf([123456.789, 1], [1, -1], 2 ** -10)).toEqual(['no', 'rounding']);
    expect(causeOf([1e10, 1e10], [1, 1], 2 ** -7)).toEqual(['no', 'rounding']);
  });
});

describe('soft({W, x, k}, temperature)', () => {
  const numbers = numbersOf(PRESETS[0].problem);

  it('has a mask that sums to k, and the hard gradient in the limit', () => {
    expect(soft(numbers, 1).sum).toBeCloseTo(3, 4);
    const { dW, mask } = soft(numbers, 2 ** -8);
    const hard = gradients(numbers, 0.01).dW.topk;
    expect(mask.map((share) => Math.round(share))).toEqual([1, 0, 1, 0, 1, 0]);
    dW.flat().forEach((entry, i) => {
      expect(entry).toBeCloseTo(hard.flat()[i], 3);
    });
  });

  it('leaks no tensors, and neither does batch', () => {
    const before = tf.memory().numTensors;
    soft(numbers, 1);
    batch([1, 1], [1, -1], 0.01);
    expect(tf.memory().numTensors).toBe(before);
  });
});
