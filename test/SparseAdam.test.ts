import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {
  RowSparse,
  rowSparseGrads,
  SparseAdam,
  SparseSGD,
  type NamedGradients,
} from '../src/index.ts';
import torch from './oracles/sparseAdam.json';

const [n, d] = [5, 3];
const start = () => tf.variable(tf.tensor2d(torch.start, [n, d]));
const gradientAt = (t: number) =>
  RowSparse.fromRows(tf.tensor2d(torch.rows[t], [3, d]), torch.indices[t], n);
const CLOSE = 2e-6;

describe.each(['cpu', 'wasm'])('SparseAdam on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  it('reads all of a gradient of which the variable is a part, before it changes', () => {
    const first = tf.tensor2d([[1, 2], [3, 4]]); // prettier-ignore
    const W = tf.variable(first);
    first.dispose(); // W owns its data, so on wasm it is changed in place
    const indices = [[0, 1], [0, 0]]; // prettier-ignore
    const ofW = new RowSparse(indices, [[1, -1], [0, 0]], W, 2); // prettier-ignore
    new SparseAdam(2, 0, 0).applyGradients({ [W.name]: ofW });
    expect(W).toBeCloseToTensor([[-1, 0], [5, 6]], 1e-6); // prettier-ignore
    W.dispose();
  });

  it('takes the steps of torch.optim.SparseAdam, where indices repeat and rows are missing', () => {
    const [W, optimizer] = [start(), new SparseAdam(0.05)];
    for (const [t, expected] of torch.SparseAdam.entries()) {
      optimizer.applyGradients({ [W.name]: gradientAt(t) });
      expect(W).toBeCloseToTensor(tf.tensor2d(expected, [n, d]), CLOSE);
    }
  });

  it('takes the steps of torch.optim.Adam and tf.train.adam for dense gradients', () => {
    const [W, other] = [start(), start()];
    const [optimizer, stock] = [new SparseAdam(0.05), tf.train.adam(0.05)];
    for (const [t, expected] of torch.Adam.entries()) {
      const dense = gradientAt(t).dense();
      optimizer.applyGradients([{ name: W.name, tensor: dense }]);
      stock.applyGradients([{ name: other.name, tensor: dense }]);
      expect(W).toBeCloseToTensor(tf.tensor2d(expected, [n, d]), CLOSE);
      expect(W).toBeCloseToTensor(other, 1e-5);
    }
  });

  it('reads no dense gradient on wasm, where one pass in SIMD takes the step', () => {
    const [W, dense] = [start(), gradientAt(0).dense()];
    const reads = jest.spyOn(dense, 'dataSync');
    new SparseAdam(0.05).applyGradients({ [W.name]: dense });
    expect(reads).toHaveBeenCalledTimes(backend === 'wasm' ? 0 : 1);
  });

  it('is Adam for a row-sparse gradient in which every row occurs', () => {
    const [W, other] = [start(), start()];
    const [optimizer, dense] = [new SparseAdam(0.05), new SparseAdam(0.05)];
    for (let t = 0; t < 3; t++) {
      const all = RowSparse.fromRows(
        tf.randomNormal([n, d], 0, 1, 'float32', t),
        [4, 2, 0, 1, 3],
        n,
      );
      optimizer.applyGradients({ [W.name]: all });
      dense.applyGradients({ [other.name]: all.dense() });
      expect(W).toBeCloseToTensor(other, 1e-6);
    }
  });

  it.each([1, 4, 7, 16])('takes the steps of the formula for rows of %s entries', (d) => {
    const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
    const made = normal([n, d], 1);
    const before = made.arraySync();
    const [W, other] = [tf.variable(made), tf.variable(made)];
    const [optimizer, dense] = [new SparseAdam(0.05), new SparseAdam(0.05)];
    let [w, m, v] = [made, tf.zeros([n, d]), tf.zeros([n, d])];
    for (let t = 1; t <= 3; t++) {
      const g = RowSparse.fromRows(normal([6, d], t), [4, 2, 0, 1, 3, 2], n);
      optimizer.applyGradients({ [W.name]: g });
      dense.applyGradients({ [other.name]: g.dense() });
      m = m.mul(0.9).add(g.dense().mul(0.1));
      v = v.mul(0.999).add(g.dense().square().mul(0.001));
      const [mean, variance] = [m.div(1 - 0.9 ** t), v.div(1 - 0.999 ** t)];
      w = w.sub(mean.mul(0.05).div(variance.sqrt().add(1e-8)));
      expect(W).toBeCloseToTensor(w, 1e-5);
      expect(other).toBeCloseToTensor(w, 1e-5);
      const x = tf.ones<tf.Rank.R2>([2, n]);
      expect(tf.matMul(x, W as tf.Tensor2D)).toBeCloseToTensor(w.sum(0, true).tile([2, 1]), 1e-4); // not of a cached W
    }
    expect(made).toEqualTensor(before); // W shared its data
    tf.dispose([W, other]);
  });

  it('leaves rows that do not occur as they are, to the bit', () => {
    const [W, optimizer] = [start(), new SparseAdam(0.05)];
    optimizer.applyGradients({ [W.name]: gradientAt(1) }); // rows 0, 1, 2
    const before = W.arraySync();
    optimizer.applyGradients({ [W.name]: gradientAt(2) }); // row 3
    const after = W.arraySync();
    expect(after.map((row, i) => row.every((entry, j) => entry === before[i][j]))).toEqual(
      [true, true, true, false, true], // prettier-ignore
    );
  });

  it('takes row-sparse and dense gradients in one call, of variables of any rank', () => {
    const [W, b, τ] = [start(), tf.variable(tf.ones([n])), tf.variable(tf.scalar(2))];
    const optimizer = new SparseAdam(0.05);
    optimizer.applyGradients({ [W.name]: gradientAt(0), [b.name]: tf.range(-2, 3), [τ.name]: tf.scalar(3) }); // prettier-ignore
    expect(b).toBeCloseToTensor([1.05, 1.05, 1, 0.95, 0.95], 1e-6);
    expect(τ).toBeCloseToTensor(tf.scalar(1.95), 1e-6);
    expect(W).toBeCloseToTensor(tf.tensor2d(torch.SparseAdam[0], [n, d]), CLOSE);
  });

  it('goes on after getWeights and setWeights as if nothing had happened', async () => {
    const W = start();
    const [first, second] = [new SparseAdam(0.05), new SparseAdam(0.05)];
    for (const t of [0, 1, 2]) first.applyGradients({ [W.name]: gradientAt(t) });
    const weights = await first.getWeights();
    expect(weights.map(({ name }) => name)).toEqual(['iter', `${W.name}/m`, `${W.name}/v`]);
    await second.setWeights(weights);
    for (const t of [3, 4]) second.applyGradients({ [W.name]: gradientAt(t) });
    expect(W).toBeCloseToTensor(tf.tensor2d(torch.SparseAdam[4], [n, d]), CLOSE);
  });

  it.each([SparseAdam, SparseSGD])(
    'takes its own weights, which are its own tensors: %p',
    async (Class) => {
      const [W, other] = [start(), start()];
      const [optimizer, undisturbed] = [new Class(0.05, 0.9), new Class(0.05, 0.9)];
      for (const t of [0, 1, 2, 3]) {
        optimizer.applyGradients({ [W.name]: gradientAt(t) });
        undisturbed.applyGradients({ [other.name]: gradientAt(t) });
        const before = tf.memory().numTensors;
        const weights = await optimizer.getWeights();
        await optimizer.setWeights(weights);
        weights[0].tensor.dispose(); // the number of steps, a new tensor
        expect(tf.memory().numTensors).toBe(before);
      }
      expect(W).toEqualTensor(other);
    },
  );

  it('takes weights by their names, in any order', async () => {
    const W = start();
    const [first, second] = [new SparseAdam(0.05), new SparseAdam(0.05)];
    for (const t of [0, 1, 2]) first.applyGradients({ [W.name]: gradientAt(t) });
    const [iter, m, v] = await first.getWeights();
    await second.setWeights([iter, v, m]);
    for (const t of [3, 4]) second.applyGradients({ [W.name]: gradientAt(t) });
    expect(W).toBeCloseToTensor(tf.tensor2d(torch.SparseAdam[4], [n, d]), CLOSE);
  });

  it('makes a first step of the learning rate, to the bit', () => {
    const w = tf.variable(tf.zeros([5]));
    new SparseAdam(0.1).applyGradients({ [w.name]: tf.fill([5], 3) });
    expect(w).toBeCloseToTensor(tf.fill([5], -0.1), 1e-8);
  });

  it('counts the steps of each variable: one that joins later, or rests, takes steps of its own count', () => {
    const [A, B, optimizer] = [start(), start(), new SparseAdam(0.01)];
    const stepOf = (W: tf.Variable) => {
      const before = W.clone();
      optimizer.applyGradients({ [W.name]: tf.ones([n, d]) });
      return before.sub(W);
    };
    for (let i = 0; i < 100; i++) stepOf(A);
    for (let i = 0; i < 3; i++) {
      expect(stepOf(B)).toBeCloseToTensor(tf.fill([n, d], 0.01), CLOSE);
      stepOf(A);
    }
    optimizer.dispose();
    expect(stepOf(A)).toBeCloseToTensor(tf.fill([n, d], 0.01), CLOSE);
  });

  it('takes a step for a gradient whose square overflows, where v does not', () => {
    for (const size of [1, 5]) {
      const W = tf.variable(tf.zeros([size]));
      new SparseAdam(0.1).applyGradients({ [W.name]: tf.fill([size], 1e20) });
      expect(W).toBeCloseToTensor(tf.fill([size], -0.1), CLOSE);
    }
  });

  it('leaves an entry without a gradient where it is, at any learning rate of float32', () => {
    const W = tf.variable(tf.ones([5]));
    new SparseAdam(3e38).applyGradients({ [W.name]: tf.zeros([5]) });
    expect(W).toEqualTensor(tf.ones([5]));
    expect(() => new SparseAdam(1e300)).toThrow(
      'SparseAdam: learningRate must be a finite float32, got 1e+300',
    );
    expect(() => new SparseAdam(0.1, 0.9, 0.999, 1e300)).toThrow(
      'SparseAdam: epsilon must be a finite float32, got 1e+300',
    );
  });

  it('minimizes, as every optimizer of tfjs', () => {
    const w = tf.variable(tf.tensor1d([3, -2]));
    const optimizer = new SparseAdam(0.1);
    const unused = tf.variable(tf.scalar(1));
    for (let t = 0; t < 300; t++) optimizer.minimize(() => w.square().sum(), false, [w]);
    expect(w).toBeCloseToTensor([0, 0], 1e-3);
    expect(unused).toEqualTensor(tf.scalar(1));
  });

  it('keeps a state that is not trainable: no optimizer takes it for a variable of the model', () => {
    const trainable = () =>
      Object.values(tf.engine().state.registeredVariables).filter(({ trainable }) => trainable);
    const W = start();
    const before = trainable();
    const optimizer = new SparseAdam(0.1);
    optimizer.applyGradients({ [W.name]: tf.ones([n, d]) });
    expect(trainable()).toEqual(before);
    optimizer.dispose();
    W.dispose();
  });

  it('keeps two tensors for each variable, and frees them', () => {
    const W = start();
    const before = tf.memory();
    const optimizer = new SparseAdam(0.05);
    for (let t = 0; t < 3; t++) tf.tidy(() => { optimizer.applyGradients({ [W.name]: gradientAt(t) }); }); // prettier-ignore
    expect(tf.memory().numTensors).toBe(before.numTensors + 2);
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before.numTensors);
  });
});

describe('SparseAdam', () => {
  it('trains with rowSparseGrads', () => {
    const W = tf.variable(tf.randomNormal([30, 4], 0, 1, 'float32', 1));
    const optimizer = new SparseAdam(0.05);
    const losses = Array.from({ length: 200 }, () =>
      tf.tidy(() => {
        const { value, dW } = rowSparseGrads(W, [1, -1, 0.5, 2], 3, (v) => v.square().sum());
        optimizer.applyGradients({ [W.name]: dW });
        return value.dataSync()[0];
      }),
    );
    expect(losses[199]).toBeLessThan(0.01 * losses[0]);
  });

  it('refuses gradients that do not fit, and changes nothing', () => {
    const [W, b] = [start(), tf.variable(tf.ones([n]))];
    const optimizer = new SparseAdam(0.05);
    const gone = gradientAt(0);
    gone.dispose();
    for (const [gradients, message] of [
      [{ nobody: tf.ones([n]) }, 'gradients must be named after variables, got "nobody"'],
      [{ constructor: tf.ones([n]) }, 'gradients must be named after variables, got "constructor"'],
      [{ [W.name]: tf.ones([n]) }, `the gradient of ${W.name} must be of shape [5,3], got [5]`],
      [{ [b.name]: gradientAt(0) }, `the gradient of ${b.name} must be of shape [5], got [5,3]`],
      [{ [b.name]: tf.ones([n], 'int32') }, `the gradient of ${b.name} must be float32`],
      [
        { [b.name]: [1, 2, 3, 4, 5] as never },
        `the gradient of ${b.name} must be a tensor or a RowSparse`,
      ],
      [{ [W.name]: gone }, `the gradient of ${W.name} must not be disposed, nor its variable`],
    ] as [NamedGradients, string][]) {
      const both = { [b.name]: tf.ones([n]), ...gradients };
      const before = tf.memory().numTensors;
      expect(() => {
        optimizer.applyGradients(both);
      }).toThrow(`SparseAdam.applyGradients: ${message}`);
      expect(tf.memory().numTensors).toBe(before);
    }
    expect(b).toEqualTensor(tf.ones([n]));
    expect(W).toBeCloseToTensor(tf.tensor2d(torch.start, [n, d]), 1e-7);
    expect(optimizer.iterations).toBe(0);
  });

  it('refuses a variable that has another shape than in earlier steps', () => {
    const w = tf.variable(tf.ones([2]), true, 'changing');
    const optimizer = new SparseAdam();
    optimizer.applyGradients({ changing: tf.ones([2]) });
    w.dispose();
    tf.variable(tf.ones([3]), true, 'changing');
    expect(() => {
      optimizer.applyGradients({ changing: tf.ones([3]) });
    }).toThrow('changing must have the shape [2] of the earlier steps, got [3]');
  });

  it('shows the dtype that is wrong, and refuses what holds no gradients', () => {
    const [b, i] = [tf.variable(tf.ones([2])), tf.variable(tf.ones([2], 'int32'))];
    const list =
      'gradients must be gradients by the names of variables, or a list of {name, tensor}';
    for (const [gradients, message] of [
      [{ [b.name]: tf.ones([2], 'int32') }, `the gradient of ${b.name} must be float32, got int32`],
      [{ [i.name]: tf.ones([2]) }, `the variable ${i.name} must be float32, got int32`],
      [null, `${list}, got null`],
      [[undefined], `${list}, got undefined`],
    ] as [NamedGradients, string][]) {
      expect(() => {
        new SparseAdam().applyGradients(gradients);
      }).toThrow(`SparseAdam.applyGradients: ${message}`);
    }
  });

  it('refuses weights of another optimizer, and is unchanged', async () => {
    const [W, optimizer] = [start(), new SparseAdam(0.05)];
    optimizer.applyGradients({ [W.name]: gradientAt(0) });
    const [iter, m, v] = await optimizer.getWeights();
    const sgd = new SparseSGD(0.05, 0.9);
    sgd.applyGradients({ [W.name]: gradientAt(0) });
    const gone = tf.ones([n, d]);
    gone.dispose();
    const both = 'weights must have m and v for each variable';
    for (const [weights, message] of [
      [[iter, m], `${both}, got only m for ${W.name}`],
      [await sgd.getWeights(), `${both}, got "${W.name}/accumulation"`],
      [[iter, m, { ...v, name: 'v' }], `${both}, got only m for ${W.name}`],
      [[m, v], `weights must start with 'iter', the number of steps, got "${W.name}/m"`],
      [[], 'weights must be a list as getWeights returns it, got an empty list'],
      [null, 'weights must be a list as getWeights returns it, got null'],
      [
        [{ ...iter, tensor: tf.tensor1d([1, 2], 'int32') }],
        "weights must have a scalar as 'iter', got [2]",
      ],
      ...[-1, 1.5, NaN].map((steps) => [
        [{ ...iter, tensor: tf.scalar(steps) }, m, v],
        `'iter' of weights must be an integer >= 0, got ${String(steps)}`,
      ]),
      [[iter, null], 'weights must be a list of {name, tensor}, got null'],
      [[iter, m, { ...v, tensor: gone }], `weights must not be disposed, got a disposed ${v.name}`],
      [
        [iter, m, { ...v, tensor: tf.ones([2, 3]) }],
        `weights must be of one shape for each variable, got [5,3] and [2,3] for ${W.name}`,
      ],
      [
        [iter, m, { ...v, tensor: tf.ones([n, d], 'int32') }],
        `weights must be float32, got int32 for ${W.name}`,
      ],
    ] as [never, string][]) {
      await expect(optimizer.setWeights(weights)).rejects.toThrow(
        `SparseAdam.setWeights: ${message}`,
      );
    }
    expect((await optimizer.getWeights()).map(({ tensor }) => tensor)).toEqual([
      expect.anything(),
      m.tensor,
      v.tensor,
    ]);
    await expect(new SparseSGD(1).setWeights([iter, m])).rejects.toThrow(
      `SparseSGD.setWeights: weights must have no states of variables, got "${m.name}"`,
    );
  });

  it('is made anew from its configuration, and takes another learning rate', () => {
    const [w, optimizer] = [tf.variable(tf.scalar(0)), new SparseAdam(0.5, 0.8, 0.9, 1e-6)];
    optimizer.learningRate = 0.25;
    optimizer.applyGradients({ [w.name]: tf.scalar(3) });
    expect(w).toBeCloseToTensor(tf.scalar(-0.25), 1e-6);
    const config = { learningRate: 0.25, beta1: 0.8, beta2: 0.9, epsilon: 1e-6 };
    const again = SparseAdam.fromConfig(SparseAdam, optimizer.getConfig());
    expect(again.getConfig()).toEqual(config);
    expect(() => {
      again.setLearningRate(-1);
    }).toThrow('SparseAdam: learningRate must be a positive number, got -1');
    expect(again.learningRate).toBe(0.25);
  });

  it.each([
    [[0], 'learningRate must be a positive number, got 0'],
    [[NaN], 'learningRate must be a positive number, got NaN'],
    [[1, 1], 'beta1 must be a number in [0, 1), got 1'],
    [[1, 0.9, -1], 'beta2 must be a number in [0, 1), got -1'],
    [[1, 0.9, 0.9, 0], 'epsilon must be a positive number, got 0'],
    [[1, 0.9, 0.9, 1e-46], 'epsilon must be 2^-126 or more, got 1e-46'], // 0 in float32
  ])('refuses settings %j', (settings, message) => {
    expect(() => new SparseAdam(...settings)).toThrow(`SparseAdam: ${message}`);
  });
});
