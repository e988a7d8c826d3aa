import * as tf from '@tensorflow/tfjs';

describe('toEqualTensor', () => {
  it.each([
    ['a tensor and a nested array', tf.tensor2d([[1, 2], [3, 4]]), [[1, 2], [3, 4]]], // prettier-ignore
    ['two tensors of different dtypes', tf.tensor1d([1, 2], 'int32'), tf.tensor1d([1, 2])],
    ['a number and a scalar', 3, tf.scalar(3)],
    ['typed arrays, nested or not', [Float32Array.of(1, 2)], [[1, 2]]],
    ['a list of tensors and their stack', [tf.scalar(1), tf.scalar(2)], tf.tensor1d([1, 2])],
    ['empty tensors', tf.zeros([2, 0]), [[], []]],
    ['NaN and NaN', [NaN, Infinity], [NaN, Infinity]],
    ['−0 and 0', [-0, 0], [0, -0]],
  ])('takes as equal: %s', (_, actual, expected) => {
    expect(actual).toEqualTensor(expected);
  });

  it.each([
    ['one entry', [1, 2], [1, 2 + 2 ** -51]],
    ['NaN and a number', [NaN], [1]],
    ['a number and NaN', [1], [NaN]],
    ['infinities of both signs', [Infinity], [-Infinity]],
    ['shapes with the same entries', tf.zeros([2, 3]), tf.zeros([3, 2])],
    ['empty shapes', tf.zeros([0, 3]), tf.zeros([0, 2])],
    ['a scalar and a list', tf.scalar(1), [1]],
  ])('takes as different: %s', (_, actual, expected) => {
    expect(actual).not.toEqualTensor(expected);
  });

  it('shows the first entry that differs, and both tensors', () => {
    const compare = () => {
      expect([[1, 2], [3, 4]]).toEqualTensor([[1, 5], [6, 4]]); // prettier-ignore
    };
    expect(compare).toThrow('2 of 4 entries differ, the first at [0, 1]: 2 should be 5');
    expect(compare).toThrow(/actual: \[\[1, 2\],\s+\[3, 4\]\]\nexpected: \[\[1, 5\],\s+\[6, 4\]\]/);
  });

  it('shows both shapes where they differ', () => {
    expect(() => {
      expect([1, 2]).toEqualTensor([[1, 2]]);
    }).toThrow('shape [2] should be [1,2]\nactual: [1, 2]\nexpected: [[1, 2],]');
  });

  it('refuses ragged arrays and anything but numbers', () => {
    expect(() => {
      expect([[1], [2, 3]]).toEqualTensor([]);
    }).toThrow('rows of different shapes: [1] and [2]');
    expect(() => {
      expect([1, undefined]).toEqualTensor([]);
    }).toThrow('not a tensor or an array of numbers: undefined');
  });

  it('leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    expect([1]).not.toEqualTensor([2]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('toBeCloseToTensor', () => {
  it('allows entries that differ by less than an absolute tolerance', () => {
    expect([1, 1000]).toBeCloseToTensor([1.25, 1000.25], 0.5);
    expect([1, 1000]).not.toBeCloseToTensor([1, 1000.5], 0.5);
  });

  it('allows entries that differ by less than a relative tolerance, or an absolute one', () => {
    expect([1000, 0]).toBeCloseToTensor([1001, 0.05], { relative: 0.01, absolute: 0.1 });
    expect([1000, 0]).not.toBeCloseToTensor([1001, 0.2], { relative: 0.01, absolute: 0.1 });
    expect([1000]).not.toBeCloseToTensor([1011], { relative: 0.01 });
  });

  it('allows equal infinities and NaN, and no others', () => {
    expect([Infinity, NaN]).toBeCloseToTensor([Infinity, NaN], 1);
    expect([Infinity]).not.toBeCloseToTensor([1e30], { absolute: 1, relative: 1 });
    expect([NaN]).not.toBeCloseToTensor([0], 1);
  });
});
