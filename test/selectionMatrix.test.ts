import * as tf from '@tensorflow/tfjs';
import { selectionMatrix, topk } from '../src/index.ts';

describe('selectionMatrix', () => {
  it('has row i one-hot at index i', () => {
    const P = selectionMatrix([2, 0], 4);
    expect(P.dtype).toBe('float32');
    expect(P).toEqualTensor([
      [0, 0, 1, 0],
      [1, 0, 0, 0],
    ]);
  });

  it('times y is the values of topk', () => {
    const y = tf.tensor1d([1.47, 1.126, 1.5721, 0.8523, 1.3969, 0.8776]);
    const { values, indices } = topk(y, 3);
    expect(tf.dot(selectionMatrix(indices, 6), y)).toEqualTensor(values);
  });

  it('is a constant in a differentiated function', () => {
    const y = tf.tensor1d([3, 1, 2]);
    const loss = (y: tf.Tensor) =>
      tf
        .dot(selectionMatrix(topk(y, 2).indices, 3), y)
        .square()
        .sum();
    expect(tf.grad(loss)(y)).toEqualTensor([6, 0, 4]);
  });

  it('adds an axis of length n to a batch of indices', () => {
    expect(selectionMatrix([[1], [0]], 2)).toEqualTensor([[[0, 1]], [[1, 0]]]);
  });

  it('holds floats, so that what is computed from its data on any backend is right', () => {
    const P = selectionMatrix([2, 0], 3);
    expect(P.dtype).toBe('float32');
    expect(Array.from(P.dataSync().map((entry) => entry / 2))).toEqual([0, 0, 0.5, 0.5, 0, 0]);
  });

  it('is empty for no indices, and works for n = 1, where tf.oneHot does not', () => {
    expect(selectionMatrix(tf.tensor1d([], 'int32'), 3)).toEqualTensor(tf.zeros([0, 3]));
    expect(selectionMatrix([0], 1)).toEqualTensor([[1]]);
    expect(selectionMatrix([0, 3], 0)).toEqualTensor(tf.zeros([2, 0]));
  });

  it('has a zero row for an index outside [0, n)', () => {
    expect(selectionMatrix([3, -1], 3)).toEqualTensor([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('refuses indices that are not integers, and an n that is not a length', () => {
    expect(() => selectionMatrix([0.5], 2)).toThrow(
      'selectionMatrix: indices must be a tensor or an array of int32 integers, got 0.5',
    );
    expect(() => selectionMatrix(tf.tensor1d([1]), 2)).toThrow(
      'selectionMatrix: indices must be int32, got float32',
    );
    expect(() => selectionMatrix(1, 2)).toThrow('selectionMatrix: indices must be of rank 1');
    expect(() => selectionMatrix([0], -1)).toThrow(
      'selectionMatrix: n must be an integer in [0, 2^31 - 1], got -1',
    );
    expect(() => selectionMatrix([[1], [2, 3]], 4)).toThrow(
      'selectionMatrix: indices must have rows of one shape, got [1] and [2]',
    );
    expect(() => selectionMatrix([0], 1.5)).toThrow(
      'selectionMatrix: n must be an integer in [0, 2^31 - 1], got 1.5',
    );
  });
});
