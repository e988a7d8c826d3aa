import * as tf from '@tensorflow/tfjs';
import { formatTensor } from '../../../experiments/notebook/formatTensor.ts';

describe('formatTensor', () => {
  it('prints 4 decimals in aligned columns', () => {
    expect(
      formatTensor(
        tf.tensor2d([
          [0.25, -10],
          [1, 2.00005],
        ]),
      ),
    ).toBe('tensor([[  0.2500, -10.0000],\n        [  1.0000,   2.0001]])');
  });

  it('prints whole floats with a point, and integers without', () => {
    expect(formatTensor(tf.tensor1d([0, 1, -12]))).toBe('tensor([  0.,   1., -12.])');
    expect(formatTensor(tf.tensor1d([2, 0, 4], 'int32'))).toBe('tensor([2, 0, 4])');
    expect(formatTensor(tf.tensor1d([true, false]))).toBe('tensor([ true, false])');
  });

  it('prints a scalar without brackets', () => {
    expect(formatTensor(tf.scalar(6.583966))).toBe('tensor(6.5840)');
  });

  it('prints exponents if the entries span more than 3 decades, or are very small or large', () => {
    expect(formatTensor(tf.tensor1d([1.5, 1600]))).toBe('tensor([1.5000e+00, 1.6000e+03])');
    expect(formatTensor(tf.scalar(0.00001))).toBe('tensor(1.0000e-05)');
    expect(formatTensor(tf.tensor1d([0, 2 ** 30]))).toBe('tensor([0.0000e+00, 1.0737e+09])');
  });

  it('prints NaN and infinities, aligned', () => {
    expect(formatTensor(tf.tensor1d([0.5, NaN, -Infinity]))).toBe(
      'tensor([0.5000,    nan,   -inf])',
    );
  });

  it('prints the size of an empty matrix', () => {
    expect(formatTensor(tf.tensor1d([]))).toBe('tensor([])');
    expect(formatTensor(tf.zeros([0, 3]))).toBe('tensor([], size=[0, 3])');
  });

  it('separates the matrices of a rank-3 tensor by a blank line', () => {
    expect(formatTensor(tf.tensor3d([[[1, 2]], [[3, 4]]]))).toBe(
      'tensor([[[1., 2.]],\n\n        [[3., 4.]]])',
    );
  });

  it('breaks rows at 80 columns', () => {
    const lines = formatTensor(tf.range(0, 20).mul(10)).split('\n');
    expect(lines[0]).toHaveLength(79);
    expect(lines[1]).toBe('        120., 130., 140., 150., 160., 170., 180., 190.])');
  });

  it('prints only the edges of a tensor of more than 1000 entries', () => {
    expect(formatTensor(tf.range(0, 1001))).toBe(
      'tensor([   0.,    1.,    2., ...,  998.,  999., 1000.])',
    );
    expect(formatTensor(tf.zeros([2, 501])).split('\n')).toHaveLength(2);
  });
});
