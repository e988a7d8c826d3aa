import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { SparseAdam, SparseSGD } from '../../src/index.ts';
import { TopkGate } from '../../src/layers/index.ts';
import { trainAndReload } from './trainAndReload.ts';

describe.each(['cpu', 'wasm'])('a model of the layers, on %s,', (backend) => {
  it('trains, and is the same when it is saved and loaded, without a leak', async () => {
    await tf.setBackend(backend);
    // On wasm tfjs copies what it saves for the gradient of a dense layer. Its own check takes that for a leak.
    if (backend === 'wasm') tf.env().set('IS_TEST', false);
    const { losses, difference, leaked } = await trainAndReload();
    expect(losses[losses.length - 1]).toBeLessThan(0.5 * losses[0]);
    tf.env().set('IS_TEST', true);
    expect({ difference, leaked }).toEqual({ difference: 0, leaked: 0 });
  });
});

it.each([new SparseAdam(0.02, 0.8), new SparseSGD(0.02, 0.5)])(
  'a model is saved and loaded with its optimizer, %#',
  async (optimizer) => {
    await tf.setBackend('cpu');
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
    model.compile({ optimizer, loss: 'meanSquaredError' });
    await model.fit(tf.ones([4, 3]), tf.ones([4, 1]), { epochs: 3 });
    const saved: tf.io.ModelArtifacts[] = [];
    const handler = tf.io.withSaveHandler((artifacts) => {
      saved.push(artifacts);
      const info = { dateSaved: new Date(), modelTopologyType: 'JSON' as const };
      return Promise.resolve({ modelArtifactsInfo: info });
    });
    await model.save(handler, { includeOptimizer: true });
    const loaded = (await tf.loadLayersModel(tf.io.fromMemory(saved[0]))).optimizer;
    expect(loaded.getClassName()).toBe(optimizer.getClassName());
    expect(loaded.getConfig()).toEqual(optimizer.getConfig());
    expect(loaded.iterations).toBe(3);
    const expected = await optimizer.getWeights();
    for (const [i, { name, tensor }] of (await loaded.getWeights()).entries()) {
      expect(name).toBe(expected[i].name);
      expect(tensor).toEqualTensor(expected[i].tensor);
    }
  },
);

describe('the load-balancing loss', () => {
  let xs: tf.Tensor;
  let expected: number;

  /** [2, 4] → [2, 4], the gates. */
  const gated = (...more: tf.layers.Layer[]) =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, inputShape: [4], kernelInitializer: 'identity' }),
        new TopkGate({ k: 2, balance: 'switch', balanceWeight: 3 }),
        ...more,
      ],
    });
  /** The loss of a step of fit, where the model's own is 0. */
  const lossOf = async (model: tf.LayersModel) => {
    model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
    const ys = model.predict(xs) as tf.Tensor;
    return (await model.fit(xs, ys, { epochs: 1 })).history.loss[0] as number;
  };

  beforeAll(async () => {
    await tf.setBackend('cpu');
    xs = tf.tensor2d([[2, 1, 0, 0], [3, 1, 0, 0]]); // prettier-ignore
    const p = xs.softmax().mean(0).arraySync() as number[];
    expected = 4 * 0.5 * (p[0] + p[1]);
  });

  it('is added to that of the model, and trains the router', async () => {
    const model = gated();
    expect(await lossOf(model)).toBeCloseTo(3 * expected, 5);
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const ys = model.predict(xs) as tf.Tensor;
    const { history } = await model.fit(xs, ys, { epochs: 5 });
    expect(history.loss[4]).toBeLessThan(history.loss[0] as number);
  });

  it('is added in a model inside a model, too', async () => {
    const input = tf.input({ shape: [4] });
    const inner = gated(tf.layers.reLU());
    const outputs = tf.layers.reLU().apply(inner.apply(input)) as tf.SymbolicTensor;
    expect(await lossOf(tf.model({ inputs: input, outputs }))).toBeCloseTo(3 * expected, 5);
  });

  it('has a gradient in a loop of one’s own', () => {
    const model = gated(tf.layers.reLU());
    const { value, grads } = tf.variableGrads(() => {
      tf.dispose(model.apply(xs, { training: true }) as tf.Tensor);
      return model.calculateLosses()[0];
    });
    expect(value.dataSync()[0]).toBeCloseTo(3 * expected, 5);
    const largest = Object.values(grads).map((g) => g.abs().max().dataSync()[0]);
    expect(Math.max(...largest)).toBeGreaterThan(0.01);
  });
});
