import * as tf from '@tensorflow/tfjs';
import { checkGrads, topkActivation } from '../../src/index.ts';
import { TopkActivation } from '../../src/layers/index.ts';

const apply = (layer: tf.layers.Layer, x: tf.Tensor, kwargs?: object) =>
  layer.apply(x, kwargs) as tf.Tensor;

describe('the layer TopkActivation', () => {
  const x = tf.tensor3d([[[3, 1, -2], [0.5, -1, 4]]]); // prettier-ignore

  it('computes what topkActivation does, with its gradient', () => {
    const options = { axis: 1, largest: false, tieGradient: 'even' } as const;
    expect(apply(new TopkActivation({ k: 2 }), x)).toEqualTensor(topkActivation(x, 2));
    const layer = new TopkActivation({ k: 1, ...options });
    expect(apply(layer, x)).toEqualTensor(topkActivation(x, 1, options));
    const loss = (x: tf.Tensor) =>
      apply(new TopkActivation({ k: 2 }), x)
        .square()
        .sum();
    expect(checkGrads(loss, [x]).failures).toBe(0);
  });

  it('keeps the shape', () => {
    const input = tf.input({ shape: [null, 3] });
    const output = new TopkActivation({ k: 2, axis: 1 }).apply(input) as tf.SymbolicTensor;
    expect(output.shape).toEqual([null, null, 3]);
  });

  it('leaves out the steps that a mask does, along an axis that it has', () => {
    const mask = tf.tensor2d([[false, true]], [1, 2], 'bool');
    const along = (axis: number, largest = true) =>
      apply(new TopkActivation({ k: 1, axis, largest }), x, { mask });
    expect(along(1)).toEqualTensor([[[0, 0, 0], [0.5, -1, 4]]]); // prettier-ignore
    expect(along(1, false)).toEqualTensor([[[0, 0, 0], [0.5, -1, 4]]]); // prettier-ignore
    expect(along(2)).toEqualTensor([[[3, 0, 0], [0, 0, 4]]]); // prettier-ignore
    const loss = (x: tf.Tensor) =>
      apply(new TopkActivation({ k: 2, axis: 1 }), x, { mask })
        .square()
        .sum();
    expect(tf.grad(loss)(x)).toEqualTensor([[[0, 0, 0], [1, -2, 8]]]); // prettier-ignore
  });

  it('passes the mask on, in a model', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.masking({ inputShape: [2, 3] }),
        new TopkActivation({ k: 1, axis: 1 }),
        tf.layers.simpleRNN({
          units: 1,
          activation: 'linear',
          kernelInitializer: 'ones',
          recurrentInitializer: 'ones',
        }),
      ],
    });
    const masked = tf.tensor3d([[[0, 0, 0], [-1, -2, -3]]]); // prettier-ignore
    expect(model.predict(masked)).toEqualTensor([[-6]]);
  });

  it('is made again from its configuration', () => {
    const config = { k: 2, axis: 1, largest: false, tieGradient: 'even' as const, name: 'kept' };
    const saved = new TopkActivation(config).getConfig();
    expect(saved).toMatchObject(config);
    const again = TopkActivation.fromConfig(TopkActivation, saved);
    expect(again.getConfig()).toEqual(saved);
  });

  it('refuses an input without numbers', () => {
    const apply = () => new TopkActivation({ k: 1 }).apply(tf.ones([1, 2], 'bool'));
    expect(apply).toThrow('TopkActivation: the input must be float32 or int32, got bool');
  });

  it.each<[object, string]>([
    [{}, 'k must be a positive integer, got undefined'],
    [{ k: 0 }, 'k must be a positive integer, got 0'],
    [{ k: 1.5 }, 'k must be a positive integer, got 1.5'],
    [{ k: 1, largest: 1 }, 'largest must be a boolean, got 1'],
    [{ k: 1, tieGradient: 'all' }, "tieGradient must be one of 'first', 'even', got \"all\""],
    [
      { k: 1, axes: 1 },
      'options must be among k, axis, largest, tieGradient, name, inputShape, batchInputShape, batchSize, dtype, inputDType, trainable, weights, customObjects, got "axes"',
    ],
  ])('refuses %j', (args, message) => {
    expect(() => new TopkActivation(args as { k: number })).toThrow(`TopkActivation: ${message}`);
  });

  it.each<[object, string]>([
    [{ k: 4 }, 'k must be an integer in [1, 3], got 4'],
    [{ k: 3, axis: 1 }, 'k must be an integer in [1, 2], got 3'],
    [{ k: 1, axis: 0 }, 'axis must not be that of the batch, got 0'],
    [{ k: 1, axis: 3 }, 'axis must be an integer in [-3, 2], got 3'],
  ])('refuses %j for an input [batch, 2, 3]', (args, message) => {
    const build = (x: tf.SymbolicTensor | tf.Tensor) =>
      new TopkActivation(args as { k: number }).apply(x);
    for (const input of [x, tf.input({ shape: [2, 3] })]) {
      expect(() => build(input)).toThrow(`TopkActivation: ${message}`);
    }
  });

  it('refuses two inputs, one without an axis to select along, and too few steps where their number was not known', () => {
    const two = () => new TopkActivation({ k: 1 }).apply([x, x]);
    expect(two).toThrow('TopkActivation: the input must be one tensor, got 2 tensors');
    const vector = () => new TopkActivation({ k: 1 }).apply(tf.tensor1d([1, 2]));
    expect(vector).toThrow('the input must be of rank 2 or higher, [batch, …], got [2]');
    const layer = new TopkActivation({ k: 3, axis: 1 });
    layer.apply(tf.input({ shape: [null, 3] }));
    expect(() => layer.apply(x)).toThrow('TopkActivation: k must be an integer in [1, 2], got 3');
  });

  it('leaks nothing', () => {
    const mask = tf.ones([1, 2], 'bool');
    const layer = new TopkActivation({ k: 1, axis: 1 });
    const before = tf.memory().numTensors;
    tf.dispose([apply(layer, x), apply(layer, x, { mask })]);
    expect(() => new TopkActivation({ k: 3, axis: 1 }).apply(x)).toThrow();
    expect(tf.memory().numTensors).toBe(before);
  });
});
