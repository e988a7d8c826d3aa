import * as tf from '@tensorflow/tfjs';
import { KMaxPooling, TopkActivation, TopkGate } from '../../src/layers/index.ts';

const masked = (input: tf.SymbolicTensor) =>
  tf.layers.masking({ maskValue: 0 }).apply(input) as tf.SymbolicTensor;
const modelOf = (inputs: tf.SymbolicTensor[], outputs: tf.SymbolicTensor[]) =>
  tf.model({ inputs, outputs });
const sequence = (entries: number[]) => tf.tensor3d(entries, [1, entries.length, 1]);

/** Two branches of which only the first has a mask: what the second returns, and what it returns alone. */
function secondBranch(layer: () => tf.layers.Layer): [beside: tf.Tensor, alone: tf.Tensor] {
  const [a, b] = [0, 1].map(() => tf.input({ shape: [3, 1] }));
  const [first, second] = [masked(a), b].map((x) => layer().apply(x) as tf.SymbolicTensor);
  const [xa, xb] = [sequence([5, 0, 0]), sequence([1, 2, 3])];
  const both = modelOf([a, b], [first, second]).predict([xa, xb]) as tf.Tensor[];
  return [both[1], modelOf([b], [second]).predict(xb) as tf.Tensor];
}

describe('a mask', () => {
  it.each([
    ['KMaxPooling', () => new KMaxPooling({ k: 2 }), [2, 3]],
    ['TopkActivation', () => new TopkActivation({ k: 1, axis: 1 }), [0, 0, 3]],
  ])('of another branch of the model does not count for %s', (_, layer, expected) => {
    const [beside, alone] = secondBranch(layer);
    expect(beside).toEqualTensor(alone);
    expect(beside.flatten()).toEqualTensor(expected);
  });

  it('of a layer before it counts, whatever passes it on', () => {
    const a = tf.input({ shape: [3, 1] });
    const other = tf.input({ shape: [3, 1] });
    const passed = tf.layers.activation({ activation: 'linear' }).apply(masked(a));
    const pooled = new KMaxPooling({ k: 2 }).apply(passed) as tf.SymbolicTensor;
    const besides = new KMaxPooling({ k: 2 }).apply(other) as tf.SymbolicTensor;
    const inputs = [sequence([-5, 0, -4]), sequence([1, 2, 3])];
    const [found] = modelOf([a, other], [pooled, besides]).predict(inputs) as tf.Tensor[];
    expect(found.flatten()).toEqualTensor([-5, -4]); // and not the masked 0
  });

  it('of a residual connection counts as well, which tfjs makes of shape [1, batch, T]', () => {
    const a = tf.input({ shape: [3, 1] });
    const x = masked(a);
    const sum = tf.layers.add().apply([x, x]) as tf.SymbolicTensor;
    const pooled = new KMaxPooling({ k: 2 }).apply(sum) as tf.SymbolicTensor;
    const pooling = modelOf([a], [pooled]);
    expect((pooling.predict(tf.ones([2, 3, 1])) as tf.Tensor).shape).toEqual([2, 2, 1]);
    expect((pooling.predict(sequence([-1, 0, -3])) as tf.Tensor).flatten()).toEqualTensor([-2, -6]);
    const kept = new TopkActivation({ k: 1, axis: 1 }).apply(sum) as tf.SymbolicTensor;
    const found = modelOf([a], [kept]).predict(sequence([-1, 0, -3])) as tf.Tensor;
    expect(found.flatten()).toEqualTensor([-2, 0, 0]);
  });

  it('of one example does not count for two, as a scalar would', () => {
    const x = tf.tensor3d([[[1], [2]], [[3], [4]]]); // prettier-ignore
    const mask = tf.tensor1d([0], 'bool');
    const pooled = new KMaxPooling({ k: 1 }).call(x, { mask });
    expect(pooled.flatten()).toEqualTensor([2, 4]);
  });

  it.each([new KMaxPooling({ k: 2 }), new TopkActivation({ k: 2, axis: 1 })])(
    'of a step leaves it no gradient, even where that of its output is infinite: %#',
    (layer) => {
      const x = tf.tensor3d([[[1, 4], [3, 1], [7, 7]]]); // prettier-ignore
      const mask = tf.tensor2d([[1, 0, 0]], [1, 3], 'bool');
      const dx = tf.grad((x) => tf.sqrt(layer.call(x, { mask })).sum())(x); // at 0 the slope is infinite
      expect(dx).toEqualTensor([[[0.5, 0.25], [0, 0], [0, 0]]]); // prettier-ignore
    },
  );

  it.each(['importance', 'switch'] as const)(
    'of an example leaves its logits out of the loss “%s”, whatever they are',
    (balance) => {
      const lossOf = (row: number[]) => (counted: tf.Tensor) => {
        const gate = new TopkGate({ k: 2, balance, balanceWeight: 1 });
        const mask = tf.tensor1d([1, 0], 'bool');
        gate.call(tf.concat([counted, tf.tensor2d([row])]), { training: true, mask });
        return gate.calculateLosses()[0];
      };
      const counted = tf.tensor2d([[1, 2, 3]]);
      const [expected, slopes] = [lossOf([0, 0, 0])(counted), tf.grad(lossOf([0, 0, 0]))(counted)];
      for (const entry of [NaN, -Infinity, Infinity]) {
        const loss = lossOf([entry, entry, entry]);
        expect(loss(counted)).toEqualTensor(expected);
        expect(tf.grad(loss)(counted)).toEqualTensor(slopes);
      }
    },
  );
});
