import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { checkGrads } from '../../src/index.ts';
import { TopkGate, type TopkGateArgs } from '../../src/layers/index.ts';

beforeAll(() => tf.setBackend('cpu'));

const LOGITS = [[3, 1, -2, 2], [0.5, -1, 4, 1.5], [2, -3, 1.2, 0]]; // prettier-ignore

const apply = (layer: tf.layers.Layer, inputs: tf.Tensor | tf.Tensor[], kwargs?: object) =>
  layer.apply(inputs, kwargs) as tf.Tensor;

/** Softmax over the entries for which `isIn` holds, zero elsewhere. */
function plainSoftmax(row: number[], isIn: (x: number) => boolean = () => true): number[] {
  const powers = row.map((x) => (isIn(x) ? Math.exp(x) : 0));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((p) => p / total);
}

/** The k-th largest. */
const kth = (row: number[], k: number) => [...row].sort((a, b) => b - a)[k - 1];

const gatesOf = (k: number) => LOGITS.map((row) => plainSoftmax(row, (x) => x >= kth(row, k)));

/** The load-balancing loss of one call in training. */
function balanceOf(args: Omit<TopkGateArgs, 'k'>, kwargs: object = {}): number {
  const layer = new TopkGate({ k: 2, balanceWeight: 1, ...args });
  return tf.tidy(() => {
    apply(layer, tf.tensor(LOGITS), { training: true, ...kwargs });
    return layer.calculateLosses()[0].dataSync()[0];
  });
}

describe('the layer TopkGate', () => {
  let logits: tf.Tensor2D;
  beforeAll(() => {
    logits = tf.tensor2d(LOGITS);
  });

  it('is the softmax of the selected logits, or for k = 1 the largest of the softmax of all', () => {
    expect(apply(new TopkGate({ k: 2 }), logits)).toBeCloseToTensor(gatesOf(2), 1e-6);
    const single = LOGITS.map((row) => {
      const p = plainSoftmax(row);
      return p.map((each) => (each === Math.max(...p) ? each : 0));
    });
    expect(apply(new TopkGate({ k: 1 }), logits)).toBeCloseToTensor(single, 1e-6);
    const all = LOGITS.map((row) => plainSoftmax(row).map((p, i) => (row[i] >= kth(row, 2) ? p : 0))); // prettier-ignore
    expect(apply(new TopkGate({ k: 2, softmax: 'all' }), logits)).toBeCloseToTensor(all, 1e-6);
  });

  it.each([{ k: 1 }, { k: 2 }, { k: 2, softmax: 'all' as const }])(
    'has a gradient for the router, with %j',
    (args) => {
      const weights = tf.tensor1d([1, 2, -1, 3]);
      const loss = (x: tf.Tensor) => apply(new TopkGate(args), x).mul(weights).sum();
      expect(checkGrads(loss, [logits]).failures).toBe(0); // to order 2
      expect(tf.grad(loss)(logits).abs().sum().dataSync()[0]).toBeGreaterThan(0.1);
    },
  );

  it('adds noise in training only, another one each time, the same with the same seed', () => {
    const layer = new TopkGate({ k: 2, noise: 1, seed: 0 });
    const still = apply(layer, logits);
    expect(still).toBeCloseToTensor(gatesOf(2), 1e-6);
    const [first, second] = [1, 2].map(() => apply(layer, logits, { training: true }));
    expect(first).not.toEqualTensor(still.arraySync());
    expect(second).not.toEqualTensor(first.arraySync());
    const again = apply(new TopkGate({ k: 2, noise: 1, seed: 0 }), logits, { training: true });
    expect(again).toEqualTensor(first);
    for (const gates of [first, second]) {
      expect(gates.notEqual(0).sum(1)).toEqualTensor(tf.fill([3], 2, 'int32'));
    }
  });

  it('draws normal noise of the standard deviation, or of the softplus of noise logits', () => {
    // With two experts of equal logits the log of the ratio of gates is the difference of two noises.
    const equal = tf.zeros([20_000, 2]);
    const spread = (gates: tf.Tensor) => {
      const [a, b] = tf.split(gates, 2, 1);
      return tf.moments(tf.sub(a.log(), b.log())).variance.dataSync()[0];
    };
    const noisy = apply(new TopkGate({ k: 2, noise: 0.5, seed: 1 }), equal, { training: true });
    expect(spread(noisy) / (2 * 0.5 ** 2)).toBeCloseTo(1, 1);
    const inputs = [equal, tf.fill([20_000, 2], 0.3)];
    const learned = apply(new TopkGate({ k: 2, seed: 1 }), inputs, { training: true });
    expect(spread(learned) / (2 * Math.log1p(Math.exp(0.3)) ** 2)).toBeCloseTo(1, 1);
    expect(apply(new TopkGate({ k: 2 }), inputs)).toEqualTensor(tf.fill([20_000, 2], 0.5));
  });

  it('has the losses of the papers, in training only', () => {
    const importance = [0, 1, 2, 3].map((i) => gatesOf(2).reduce((sum, row) => sum + row[i], 0));
    const mean = importance.reduce((a, b) => a + b) / 4;
    const variance = importance.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 4;
    expect(balanceOf({ balance: 'importance' })).toBeCloseTo(variance / mean ** 2, 5);

    const f = [0, 1, 2, 3].map((i) => gatesOf(2).filter((row) => row[i] > 0).length / 6);
    const p = [0, 1, 2, 3].map((i) => LOGITS.reduce((sum, row) => sum + plainSoftmax(row)[i] / 3, 0)); // prettier-ignore
    const expected = 4 * f.reduce((sum, share, i) => sum + share * p[i], 0);
    expect(balanceOf({ balance: 'switch' })).toBeCloseTo(expected, 5);
    expect(balanceOf({ balance: 'switch', balanceWeight: 2 })).toBeCloseTo(2 * expected, 5);
    expect(balanceOf({ balance: 'switch' }, { training: false })).toBe(0);
    expect(new TopkGate({ k: 2 }).losses).toEqual([]);
  });

  it.each(['importance', 'switch'] as const)('has a gradient of the loss %s', (balance) => {
    const loss = (x: tf.Tensor) => {
      const layer = new TopkGate({ k: 2, balance, balanceWeight: 1 });
      apply(layer, x, { training: true });
      return layer.calculateLosses()[0];
    };
    expect(checkGrads(loss, [logits]).failures).toBe(0); // to order 2
  });

  it('counts what is selected in the loss of the Switch Transformer, also if its gate is 0', () => {
    const loss = (row: number[]) => {
      const layer = new TopkGate({ k: 2, balance: 'switch', balanceWeight: 1 });
      apply(layer, tf.tensor2d([row]), { training: true });
      return layer.calculateLosses()[0].dataSync()[0];
    };
    // n Σ f p with f = (½, ½, 0) and p = (1, 0, 0)
    expect([20, 200, 2e4].map((largest) => loss([largest, 0, -1]))).toEqual(
      [1.5, 1.5, 1.5].map((value) => expect.closeTo(value, 6) as number),
    );
  });

  it.each(['cpu', 'wasm'])('has no loss of an empty batch on %s', async (backend) => {
    await tf.setBackend(backend);
    try {
      for (let i = 0; i < 5; i++) {
        for (const balance of ['importance', 'switch'] as const) {
          tf.tidy(() => {
            tf.fill([64], 3e38); // leaves other numbers in the memory
            const layer = new TopkGate({ k: 2, balance });
            apply(layer, tf.zeros([0, 3]), { training: true });
            expect(layer.calculateLosses()[0]).toEqualTensor(0);
          });
        }
      }
    } finally {
      await tf.setBackend('cpu');
    }
  });

  it('refuses logits that are not float32, and such logits of noise in training', () => {
    const layer = new TopkGate({ k: 2 });
    expect(() => layer.call(tf.tensor2d([[1, 2, 3]], [1, 3], 'int32'))).toThrow(
      'TopkGate: logits must be float32, got int32',
    );
    const noise = tf.tensor2d([[1, 2, 3]], [1, 3], 'int32');
    const call = () => layer.call([tf.zeros([1, 3]), noise], { training: true });
    expect(call).toThrow('TopkGate: noiseLogits must be float32, got int32');
  });

  it('leaves examples out of the loss that a mask does, of sequences', () => {
    for (const balance of ['importance', 'switch'] as const) {
      const losses = (steps: number[][], mask?: boolean[]) => {
        const layer = new TopkGate({ k: 2, balance });
        const kwargs = { training: true, mask: mask && tf.tensor2d(mask, [1, 3], 'bool') };
        apply(layer, tf.tensor3d([steps]), kwargs);
        return layer.calculateLosses()[0].dataSync()[0];
      };
      const masked = losses(LOGITS, [true, false, true]);
      expect(masked).toBeCloseTo(losses([LOGITS[0], LOGITS[2]]), 6);
    }
  });

  it('has no loss of a batch that a mask leaves out as a whole, and no gradient', () => {
    for (const balance of ['importance', 'switch'] as const) {
      const loss = (x: tf.Tensor) => {
        const layer = new TopkGate({ k: 2, balance });
        apply(layer, x, { training: true, mask: tf.zeros([1, 3], 'bool') });
        return layer.calculateLosses()[0];
      };
      const { value, grad } = tf.valueAndGrad(loss)(tf.tensor3d([LOGITS]));
      expect(value).toEqualTensor(0);
      expect(grad).toEqualTensor(tf.zeros([1, 3, 4]));
    }
  });

  it('may be called without arguments of tfjs', () => {
    const gates = new TopkGate({ k: 2 }).call(logits);
    expect(gates).toEqualTensor(apply(new TopkGate({ k: 2 }), logits));
  });

  it('adds up the calls of a shared layer, and each once', () => {
    const layer = new TopkGate({ k: 2, balance: 'importance' });
    const inputs = [1, 2].map(() => tf.input({ shape: [4] }));
    const outputs = inputs.map((input) => layer.apply(input) as tf.SymbolicTensor);
    const model = tf.model({ inputs, outputs });
    const once = balanceOf({ balance: 'importance', balanceWeight: 0.01 });
    tf.tidy(() => {
      apply(model, [logits, logits], { training: true });
      const total = model.calculateLosses().map((loss) => loss.dataSync()[0]);
      expect(total[0] + total[1]).toBeCloseTo(2 * once, 6);
    });
  });

  it('counts the last pass alone, however often a model was built around it', async () => {
    const gate = new TopkGate({ k: 2, balance: 'importance', balanceWeight: 1 });
    const build = () => {
      const input = tf.input({ shape: [4] });
      const router = tf.layers.dense({ units: 4, kernelInitializer: 'identity' }).apply(input);
      return tf.model({ inputs: input, outputs: gate.apply(router) as tf.SymbolicTensor });
    };
    const once = balanceOf({ balance: 'importance', balanceWeight: 1 });
    build();
    const model = build();
    tf.tidy(() => {
      apply(model, logits.mul(3), { training: true }); // nothing asks for its loss
      apply(model, logits, { training: true });
      expect(model.calculateLosses()[0].dataSync()[0]).toBeCloseTo(once, 6);
      apply(model, logits.mul(3), { training: true });
    });
    model.compile({ optimizer: tf.train.sgd(0), loss: () => tf.scalar(0) });
    const { history } = await model.fit(logits, logits, { batchSize: 3, epochs: 2 });
    for (const loss of history.loss) expect(loss).toBeCloseTo(once, 6);
  });

  it('is made again from its configuration', () => {
    const config = { k: 2, noise: 0.5, seed: 3, balance: 'switch' as const, balanceWeight: 0.1 };
    const saved = new TopkGate(config).getConfig();
    expect(saved).toMatchObject({ ...config, softmax: 'selected' });
    const again: unknown = TopkGate.fromConfig(TopkGate, saved);
    expect((again as TopkGate).getConfig()).toEqual(saved);
    expect((again as TopkGate).losses).toHaveLength(1);
  });

  it.each<[object, string]>([
    [{ k: 0 }, 'k must be a positive integer, got 0'],
    [{ k: 1, softmax: 'selected' }, 'softmax must be \'all\' if k = 1, got "selected"'],
    [{ k: 2, softmax: 'none' }, "softmax must be one of 'selected', 'all', got \"none\""],
    [{ k: 2, noise: -1 }, 'noise must be a number >= 0, got -1'],
    [{ k: 2, seed: 0.5 }, 'seed must be an integer, got 0.5'],
    [{ k: 2, balance: 'load' }, "balance must be one of 'importance', 'switch', got \"load\""],
    [{ k: 2, balanceWeight: NaN }, 'balanceWeight must be a number >= 0, got NaN'],
  ])('refuses %j', (args, message) => {
    expect(() => new TopkGate(args as TopkGateArgs)).toThrow(`TopkGate: ${message}`);
  });

  it('refuses k > n, and inputs that do not fit', () => {
    const gate = (k: number, ...shapes: number[][]) => {
      const inputs = shapes.map((shape) => tf.input({ shape }));
      return () => new TopkGate({ k }).apply(inputs.length === 1 ? inputs[0] : inputs);
    };
    expect(gate(5, [4])).toThrow('TopkGate: k must be an integer in [1, 4], got 5');
    const rank = 'the input must be of rank 2 or higher, [batch, …], got';
    expect(gate(1, [])).toThrow(`TopkGate: ${rank} [null]`);
    expect(() => apply(new TopkGate({ k: 1 }), tf.tensor1d([1, 2]))).toThrow(`${rank} [2]`);
    const rule = 'noiseLogits must be of the shape of the logits, [null,4], got [null,3]';
    expect(gate(2, [4], [3])).toThrow(`TopkGate: ${rule}`);
    const count = 'the input must be logits, or [logits, noiseLogits], got 3 tensors';
    expect(gate(2, [4], [4], [4])).toThrow(`TopkGate: ${count}`);
  });

  it.each(['importance', 'switch'] as const)(
    'counts for the balance of “%s” the rows of the examples that a mask of fewer axes leaves in',
    (balance) => {
      const nested = tf.randomNormal([2, 3, 2, 4], 0, 1, 'float32', 5);
      const lossOf = (x: tf.Tensor, kwargs: object) => {
        const layer = new TopkGate({ k: 2, balance, balanceWeight: 1 });
        apply(layer, x, { training: true, ...kwargs });
        return layer.calculateLosses()[0];
      };
      const mask = tf.tensor2d([[1, 1, 0], [0, 1, 0]], [2, 3], 'bool'); // prettier-ignore
      const rows = tf.gather(nested.reshape([6, 2, 4]), [0, 1, 4]).reshape([6, 4]);
      expect(lossOf(nested, { mask })).toBeCloseToTensor(lossOf(rows, {}), 1e-6);
    },
  );

  it('keeps the loss of one model that has it where another one is disposed', () => {
    const gate = new TopkGate({ k: 2, balance: 'switch' });
    const modelOf = () => {
      const inputs = tf.input({ shape: [4] });
      return tf.model({ inputs, outputs: gate.apply(inputs) as tf.SymbolicTensor });
    };
    const [one, other] = [modelOf(), modelOf()];
    one.apply(logits, { training: true });
    other.dispose();
    expect(one.calculateLosses()[0].dataSync()[0]).toBeGreaterThan(0);
    one.dispose();
  });

  it('leaks nothing', () => {
    const before = tf.memory().numTensors;
    const layer = new TopkGate({ k: 2, noise: 1, balance: 'switch' });
    tf.dispose(apply(layer, logits));
    const gates = apply(layer, logits, { training: true });
    tf.dispose([gates, ...layer.calculateLosses()]);
    expect(() => apply(new TopkGate({ k: 5 }), logits)).toThrow();
    expect(tf.memory().numTensors).toBe(before);
    for (let i = 0; i < 3; i++) apply(layer, logits, { training: true }).dispose();
    expect(tf.memory().numTensors).toBe(before + 1); // the last loss, which may still be asked for
    layer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
