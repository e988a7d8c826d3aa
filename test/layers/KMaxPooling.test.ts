import * as tf from '@tensorflow/tfjs';
import { checkGrads } from '../../src/index.ts';
import { KMaxPooling } from '../../src/layers/index.ts';

const pool = (k: number, x: tf.Tensor, order?: 'time' | 'value', mask?: tf.Tensor) =>
  new KMaxPooling({ k, ...(order && { order }) }).apply(x, { mask }) as tf.Tensor;

/** The k largest of each feature [T] of an example, of the steps that count, in their order; zeros follow. */
function plainPooling(steps: number[][], isStep: boolean[], k: number): number[][] {
  const columns = steps[0].map((_, feature) => {
    const candidates = steps.map((step, t) => ({ t, value: step[feature] })).filter(({ t }) => isStep[t]); // prettier-ignore
    const kept = candidates.sort((a, b) => b.value - a.value).slice(0, k);
    const values = kept.sort((a, b) => a.t - b.t).map(({ value }) => value);
    return [...values, ...Array<number>(k - values.length).fill(0)];
  });
  return Array.from({ length: k }, (_, i) => columns.map((column) => column[i]));
}

describe('the layer KMaxPooling', () => {
  const x = tf.tensor3d([[[2, -1], [1, 5], [0, -3], [3, 4]]]); // prettier-ignore

  it('keeps the k largest of each feature in the order of time, or by value', () => {
    expect(pool(2, x)).toEqualTensor([[[2, 5], [3, 4]]]); // prettier-ignore
    expect(pool(2, x, 'value')).toEqualTensor([[[3, 5], [2, 4]]]); // prettier-ignore
    expect(pool(4, x)).toEqualTensor(x);
  });

  it.each(['time', 'value'] as const)('has a gradient, by %s', (order) => {
    const weights = tf.tensor3d([[[1, 2], [3, 4]]]); // prettier-ignore
    const loss = (x: tf.Tensor) => pool(2, x, order).square().mul(weights).sum();
    expect(checkGrads(loss, [x], { order: 2 }).failures).toBe(0);
  });

  it('leaves out the steps that a mask does', () => {
    const values = tf.randomNormal<tf.Rank.R3>([6, 5, 2], 0, 1, 'float32', 1).arraySync();
    const masks = values.map((_, i) => [0, 1, 2, 3, 4].map((t) => i === 5 || (t * 7 + i) % 3 < i));
    const mask = tf.tensor2d(masks.flat(), [6, 5], 'bool');
    const expected = values.map((steps, i) => plainPooling(steps, masks[i], 3));
    expect(pool(3, tf.tensor(values), 'time', mask)).toEqualTensor(expected);
    const sorted = expected.map((kept) => {
      const columns = [0, 1].map((feature) => kept.map((step) => step[feature]));
      return columns.map((column, f) => ({ column, f }));
    });
    const byValue = pool(3, tf.tensor(values), 'value', mask).arraySync() as number[][][];
    sorted.forEach((columns, i) => {
      const count = Math.min(3, masks[i].filter(Boolean).length);
      for (const { column, f } of columns) {
        const values = column.slice(0, count).sort((a, b) => b - a);
        expect(byValue[i].map((step) => step[f])).toEqual([...values, ...Array<number>(3 - count).fill(0)]); // prettier-ignore
      }
    });
    const counts = masks.map((each) => Math.min(3, each.filter(Boolean).length));
    const out = new KMaxPooling({ k: 3 }).computeMask(tf.tensor(values), mask);
    expect(out).toEqualTensor(tf.tensor2d(counts.flatMap((n) => [0, 1, 2].map((i) => i < n)), [6, 3], 'bool')); // prettier-ignore
  });

  it('has no gradient in steps that the mask leaves out, even if they are NaN', () => {
    const mask = tf.tensor2d([[true, false, false, false]], [1, 4], 'bool');
    const withNaN = tf.tensor3d([[[2, 1], [NaN, 5], [0, -3], [3, 4]]]); // prettier-ignore
    const loss = (x: tf.Tensor) => pool(2, x, 'time', mask).square().sum();
    expect(tf.grad(loss)(withNaN)).toEqualTensor([[[4, 2], [0, 0], [0, 0], [0, 0]]]); // prettier-ignore
  });

  it('makes [batch, k, features], and a mask of it in a model', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.masking({ inputShape: [4, 2] }),
        new KMaxPooling({ k: 3 }),
        tf.layers.simpleRNN({
          units: 1,
          activation: 'linear',
          kernelInitializer: 'ones',
          recurrentInitializer: 'ones',
          returnSequences: true,
        }),
      ],
    });
    expect(model.layers[1].outputShape).toEqual([null, 3, 2]);
    const padded = tf.tensor3d([[[1, 1], [2, 2], [0, 0], [0, 0]]]); // prettier-ignore
    expect(model.predict(padded)).toEqualTensor([[[2], [6], [6]]]); // the third step is left out
    expect((model.predict(padded) as tf.Tensor).shape).toEqual([1, 3, 1]);
  });

  it.each<[object, string]>([
    [{ k: -1 }, 'k must be a positive integer, got -1'],
    [{ k: 1, order: 'index' }, "order must be one of 'time', 'value', got \"index\""],
  ])('refuses %j', (args, message) => {
    const make = () => new KMaxPooling(args as { k: number });
    expect(make).toThrow(`KMaxPooling: ${message}`);
  });

  it('refuses an input of another rank, or of fewer than k steps', () => {
    const rule = 'the input must be of shape [batch, T, features], got [2,3]';
    expect(() => pool(1, tf.ones([2, 3]))).toThrow(`KMaxPooling: ${rule}`);
    const few = () => new KMaxPooling({ k: 5 }).apply(tf.input({ shape: [4, 2] }));
    expect(few).toThrow('KMaxPooling: k must be an integer in [1, 4], got 5');
    const layer = new KMaxPooling({ k: 5 });
    layer.apply(tf.input({ shape: [null, 2] }));
    expect(() => layer.apply(x)).toThrow('KMaxPooling: k must be an integer in [1, 4], got 5');
  });

  it('refuses an input without numbers', () => {
    const bits = tf.ones([1, 2, 1], 'bool');
    const message = 'KMaxPooling: the input must be float32 or int32, got bool';
    expect(() => pool(1, bits)).toThrow(message);
  });

  it('leaks nothing', () => {
    const mask = tf.ones([1, 4], 'bool');
    const before = tf.memory().numTensors;
    tf.dispose([pool(2, x), pool(2, x, 'value')]);
    const layer = new KMaxPooling({ k: 2 });
    tf.dispose([layer.apply(x, { mask }) as tf.Tensor, layer.computeMask(x, mask)]);
    expect(() => pool(5, x)).toThrow();
    expect(tf.memory().numTensors).toBe(before);
  });
});
