import * as tf from '@tensorflow/tfjs';
import { kernelsOf } from '../../../src/verify/differences/kernelsOf.ts';

describe('kernelsOf', () => {
  it('names the kernels that a function runs, within tf.customGrad and another call of itself too', () => {
    const round = tf.customGrad((x) => ({
      value: (x as tf.Tensor).round(),
      gradFunc: (dy: tf.Tensor) => dy,
    }));
    let inner = new Set<string>();
    const outer = kernelsOf(() => {
      const { result, kernels } = kernelsOf(() => round(tf.tensor([1.5])));
      inner = kernels;
      return result.exp();
    });
    expect([...inner]).toEqual(['Round']);
    expect([...outer.kernels]).toEqual(['Round', 'Exp']);
    expect(outer.result).toBeCloseToTensor([Math.exp(2)], 1e-5);
  });

  it('names the type that a cast is to', () => {
    const { kernels } = kernelsOf(() => tf.tensor([1.5]).toInt().toFloat());
    expect([...kernels]).toEqual(['Cast to int32', 'Cast to float32']);
  });

  it('leaves tfjs as it was, also after an error', () => {
    const fail = () =>
      kernelsOf(() => {
        throw new Error('no');
      });
    expect(fail).toThrow('no');
    expect(Object.hasOwn(tf.engine(), 'runKernel')).toBe(false);
  });
});
