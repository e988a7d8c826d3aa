import * as tf from '@tensorflow/tfjs';
import { topk, type TopkOptions } from '../src/index.ts';

const select = (x: tf.Tensor | tf.TensorLike, k: number) => {
  const { values, indices } = topk(x, k);
  return { values: values.arraySync(), indices: indices.arraySync() };
};

describe('topk', () => {
  it('returns the k largest entries in descending order, with their indices', () => {
    const x = [3, 6, 15, 18, 6, 12, 1, 17, 3, 0, 4, 19, 1, 6];
    expect(select(x, 3)).toEqual({ values: [19, 18, 17], indices: [11, 3, 7] });
  });

  it('selects from each row of the last axis', () => {
    const x = [
      [0.1, 0.3, 0.2, 0.4],
      [0.1, 0.3, 0.3, 0.2],
    ];
    expect(select(x, 1).indices).toEqual([[3], [1]]);
  });

  it('takes the lower index first among equal values', () => {
    expect(select([1, 3, 2, 3, 3], 3)).toEqual({ values: [3, 3, 3], indices: [1, 3, 4] });
  });

  it('selects nothing for k = 0 and everything for k = n', () => {
    expect(select([2, 3, 1], 0)).toEqual({ values: [], indices: [] });
    expect(select([2, 3, 1], 3)).toEqual({ values: [3, 2, 1], indices: [1, 0, 2] });
  });

  it('takes typed arrays, nested ones and views included', () => {
    expect(select(new Uint8Array([1, 3, 2]), 1)).toEqual({ values: [3], indices: [1] });
    expect(select(Float32Array.of(9, 1, 2, 9).subarray(1, 3), 1)).toEqual({
      values: [2],
      indices: [1],
    });
    expect(select([Float32Array.of(1, 2), Float32Array.of(4, 3)], 1)).toEqual({
      values: [[2], [4]],
      indices: [[1], [0]],
    });
  });

  it('keeps the dtype of x, and gives indices as int32', () => {
    const { values, indices } = topk(tf.tensor1d([5, 7], 'int32'), 1);
    expect([values.dtype, indices.dtype]).toEqual(['int32', 'int32']);
    expect(topk([5, 7], 1).values.dtype).toBe('float32');
  });

  it('takes what tf.topk takes: k = 1 by default, and a boolean that is `sorted`', () => {
    expect(topk([1, 3, 2]).values.arraySync()).toEqual([3]);
    const unsorted = topk([1, 3, 2], 2, false).indices.dataSync();
    expect(Array.from(unsorted).sort()).toEqual([1, 2]);
    expect(topk([1, 3, 2], 2, true).indices.arraySync()).toEqual([1, 2]);
  });

  it('refuses unknown options, and options of the wrong type', () => {
    for (const [options, message] of [
      [null, 'topk: options must be a plain object, got null'],
      [3, 'topk: options must be a plain object, got 3'],
      [
        { larges: false },
        'topk: options must be among axis, largest, sorted, tieGradient, got "larges"',
      ],
      [{ largest: 0 }, 'topk: largest must be a boolean, got 0'],
      [{ sorted: 'no' }, 'topk: sorted must be a boolean, got "no"'],
      [{ tieGradient: 'all' }, `topk: tieGradient must be one of 'first', 'even', got "all"`],
      [{ tieGradient: null }, `topk: tieGradient must be one of 'first', 'even', got null`],
    ] as [object, string][]) {
      expect(() => topk([1, 2], 1, options as TopkOptions)).toThrow(message);
    }
  });

  it('keeps the rank in its type, as tf.topk does', () => {
    const values: tf.Tensor2D = topk(tf.tensor2d([[1, 2]]), 1).values;
    expect(values.shape).toEqual([1, 1]);
  });

  it.each([2, -3, 0.5, NaN, '0', null])(
    'refuses axis = %p of a matrix, and says its range',
    (axis) => {
      expect(() => topk([[1, 2]], 1, { axis: axis as number })).toThrow(
        `topk: axis must be an integer in [-2, 1], got ${JSON.stringify(axis).replace(/null/, String(axis))}`,
      );
    },
  );

  it.each([-1, 4, 1.5, NaN, Infinity, '2', true, null])(
    'refuses k = %p, and says its range',
    (k) => {
      expect(() => topk([1, 2, 3], k as number)).toThrow(
        `topk: k must be an integer in [0, 3], got ${JSON.stringify(k).replace('null', String(k))}`,
      );
    },
  );

  it('refuses x that is not a tensor of numbers, and names it', () => {
    expect(() => topk(5, 1)).toThrow('topk: x must be of rank 1 or higher, got a scalar');
    for (const [x, got] of [
      [['a', 'b'], '"a"'],
      [undefined, 'undefined'],
      [{ a: 1 }, 'Object'],
      [[[{}]], 'Object'],
      [[true], 'true'],
      [new Float64Array(2), 'Float64Array'],
      [[1n], 'bigint'],
    ] as [tf.TensorLike, string][]) {
      expect(() => topk(x, 1)).toThrow(
        `topk: x must be a tensor or an array of numbers, got ${got}`,
      );
    }
    expect(() => topk([[1, 2], [3]], 1)).toThrow(
      'topk: x must have rows of one shape, got [2] and [1]',
    );
    expect(() => topk([[1, 2], 3] as tf.TensorLike, 1)).toThrow(
      'topk: x must have rows of one shape, got [2] and []',
    );
    expect(() => topk(tf.tensor1d(['a']), 1)).toThrow(
      'topk: x must be float32 or int32, got string',
    );
    expect(() => topk(tf.complex([1], [2]), 1)).toThrow(
      'topk: x must be float32 or int32, got complex64',
    );
    expect(() => topk(tf.tensor1d([true, false]), 1)).toThrow(
      'topk: x must be float32 or int32, got bool',
    );
    const x = tf.tensor1d([1, 2]);
    x.dispose();
    expect(() => topk(x, 1)).toThrow('topk: x must not be disposed');
  });
});
