import * as tf from '@tensorflow/tfjs';
import { quantile, softTopk, sort, topk, topkActivation, topkLinear } from '../../src/index.ts';

const symbolic = tf.input({ shape: [4] }) as never as tf.Tensor;

it.each<[string, string, () => unknown]>([
  ['topk', 'x', () => topk(symbolic, 1)],
  ['topkActivation', 'x', () => topkActivation(symbolic, 1)],
  ['topkLinear', 'W', () => topkLinear(symbolic, [1], 1)],
  ['topkLinear', 'x', () => topkLinear([[1]], symbolic, 1)],
  ['sort', 'x', () => sort(symbolic)],
  ['quantile', 'x', () => quantile(symbolic, 0.5)],
  ['softTopk', 'x', () => softTopk(symbolic, 1)],
])(
  '%s says of a symbolic %s to wrap the call in a layer, and names one',
  (name, argument, call) => {
    expect(call).toThrow(
      `${name}: ${argument} must be a tensor, got a symbolic tensor: ` +
        'wrap the call in a layer, such as TopkActivation of tfjs-topk-grad/layers',
    );
  },
);
