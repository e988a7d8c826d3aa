import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { programOfPage } from './programOfPage.ts';
import { readPage } from './pages.ts';
import { runSample } from './runSample.ts';

const PAGE = 'docs/recipes.md';

type Recipe = (...args: unknown[]) => tf.Tensor;
let recipes: Record<string, Recipe>;

/** A function of a tensor of this shape, and the same by plain arithmetic on its entries, in float64. */
interface Case {
  name: string;
  shape: number[];
  loss: (x: tf.Tensor) => tf.Tensor;
  plain: (x: number[]) => number;
}

const SEED = 3;
const WEIGHTS = [1, -2, 0.5, 3, 2, -1, 0.25, 1.5, -0.75, 2.5, 1.25, -3];
const MATCHES = [1, 0, 0, 1, 0, 1, 0, 1, 0, 1]; // [2, 5]

const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
const dot = (a: number[], b: number[]) => sum(b.map((each, i) => a[i] * each)); // a may be longer
const rowsOf = (x: number[], length: number) =>
  Array.from({ length: x.length / length }, (_, i) => x.slice(i * length, (i + 1) * length));
/** The indices of the k largest, largest first. */
const largest = (row: number[], k: number) =>
  row.map((_, i) => i).sort((a, b) => row[b] - row[a]).slice(0, k); // prettier-ignore
const softmax = (row: number[]) => {
  const powers = row.map(Math.exp);
  return powers.map((p) => p / sum(powers));
};

/** The sum of the entries, each times a weight of its own: a loss for a recipe that returns a tensor. */
const weighted = (t: tf.Tensor) =>
  t.mul(tf.tensor(WEIGHTS.slice(0, t.size), t.shape)).sum(); // prettier-ignore

function plainGate(x: number[], k: number, isAfter: boolean): number {
  return dot(
    WEIGHTS,
    rowsOf(x, 4).flatMap((row) => {
      const kept = largest(row, k);
      const p = softmax(isAfter ? kept.map((i) => row[i]) : row);
      return row.map((_, i) => (kept.includes(i) ? p[isAfter ? kept.indexOf(i) : i] : 0));
    }),
  );
}

const KEYS = [[0, 1], [1, 1], [2, -1], [-1, 0.5], [0.3, -2]]; // prettier-ignore
const PROJECTION = [1, -0.5];
const SCORES = [[0.3, -1, 2, 0.9], [1, 0.2, -0.4, 0.6]]; // prettier-ignore
const LABELS = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0]; // [2, 5]

/** Of two rows of five logits, with k = 2. */
function plainTopkCrossEntropy(x: number[]): number {
  const losses = rowsOf(x, 5).map((row, i) => {
    const label = LABELS.slice(5 * i, 5 * i + 5).indexOf(1);
    const others = row.filter((_, j) => j !== label).sort((a, b) => a - b);
    return Math.log(1 + sum(others.slice(0, 3).map((other) => Math.exp(other - row[label]))));
  });
  return sum(losses) / 2;
}

/** The mask of softTopk by bisection. */
function plainSoftMask(row: number[], k: number, τ: number): number[] {
  const maskAt = (θ: number) => row.map((x) => 1 / (1 + Math.exp((θ - x) / τ)));
  let [low, high] = [Math.min(...row) - 50, Math.max(...row) + 50];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (sum(maskAt(middle)) > k) low = middle;
    else high = middle;
  }
  return maskAt(low);
}

const CASES: Case[] = [
  {
    name: 'gate',
    shape: [2, 4],
    loss: (x) => weighted(recipes.gate(x, 2)),
    plain: (x) => plainGate(x, 2, true),
  },
  {
    name: 'switchGate',
    shape: [2, 4],
    loss: (x) => weighted(recipes.switchGate(x, 1)),
    plain: (x) => plainGate(x, 1, false),
  },
  {
    name: 'knnLoss',
    shape: [2, 2],
    loss: (x) => recipes.knnLoss(x, tf.tensor2d(KEYS), tf.tensor2d(MATCHES, [2, 5], 'bool'), 3),
    plain: (x) =>
      sum(
        rowsOf(x, 2).map((query, q) => {
          const distances = KEYS.map((key) => sum(key.map((entry, i) => (query[i] - entry) ** 2)));
          const near = largest(distances.map((each) => -each), 3); // prettier-ignore
          const p = softmax(near.map((i) => -distances[i]));
          return -Math.log(dot(p, near.map((i) => MATCHES[5 * q + i])) + 1e-6) / 2; // prettier-ignore
        }),
      ),
  },
  {
    name: 'recallLoss',
    shape: [2, 5],
    loss: (x) => recipes.recallLoss(x.div(4), tf.tensor2d(MATCHES, [2, 5]), 2),
    plain: (x) => {
      const recalls = rowsOf(x, 5).map((row, i) => {
        const matches = MATCHES.slice(5 * i, 5 * i + 5);
        return dot(plainSoftMask(row.map((each) => each / 4), 2, 0.1), matches) / sum(matches); // prettier-ignore
      });
      return 1 - sum(recalls) / 2;
    },
  },
  {
    name: 'topkCrossEntropy',
    shape: [2, 5],
    loss: (x) => recipes.topkCrossEntropy(x, tf.tensor2d(LABELS, [2, 5]), 2),
    plain: plainTopkCrossEntropy,
  },
  {
    name: 'topkCrossEntropy',
    shape: [2, 5],
    loss: (x) => recipes.topkCrossEntropy(x.mul(200), tf.tensor2d(LABELS, [2, 5]), 2).div(200),
    plain: (x) => plainTopkCrossEntropy(x.map((each) => 200 * each)) / 200,
  },
  {
    name: 'hardLoss',
    shape: [5],
    loss: (x) => recipes.hardLoss(x.square(), 0.5),
    plain: (x) => sum(x.map((each) => each ** 2).sort((a, b) => b - a).slice(0, 3)) / 3, // prettier-ignore
  },
  {
    name: 'trimmedMean',
    shape: [7],
    loss: (x) => recipes.trimmedMean(x.square(), 2),
    plain: (x) => sum(x.map((each) => each ** 2).sort((a, b) => b - a).slice(2, 5)) / 3, // prettier-ignore
  },
  {
    name: 'poolNodes',
    shape: [5, 2],
    loss: (x) => weighted(recipes.poolNodes(x, tf.tensor1d(PROJECTION), 3)),
    plain: (x) => {
      const rows = rowsOf(x, 2);
      const scores = rows.map((row) => dot(row, PROJECTION) / Math.hypot(...PROJECTION));
      return dot(WEIGHTS, largest(scores, 3).flatMap((i) => rows[i].map((each) => each * Math.tanh(scores[i])))); // prettier-ignore
    },
  },
  {
    name: 'poolNodes, in the projection,',
    shape: [2],
    loss: (x) => weighted(recipes.poolNodes(tf.tensor2d(KEYS), x, 3)),
    plain: (x) => {
      const scores = KEYS.map((row) => dot(row, x) / Math.hypot(...x));
      return dot(WEIGHTS, largest(scores, 3).flatMap((i) => KEYS[i].map((each) => each * Math.tanh(scores[i])))); // prettier-ignore
    },
  },
  {
    name: 'poolSteps',
    shape: [2, 4],
    loss: (x) => {
      const steps = tf.tensor3d([...KEYS, ...KEYS.slice(0, 3)].flat(), [2, 4, 2]);
      return weighted(recipes.poolSteps(steps, x.add(tf.tensor2d(SCORES)), 2));
    },
    plain: (x) => {
      const steps = [...KEYS, ...KEYS.slice(0, 3)];
      const pooled = rowsOf(x, 4).flatMap((row, b) => {
        const scores = row.map((each, i) => each + SCORES[b][i]);
        return largest(scores, 2).flatMap((i) => steps[4 * b + i].map((each) => each * Math.tanh(scores[i]))); // prettier-ignore
      });
      return dot(WEIGHTS, pooled);
    },
  },
  {
    name: 'winnerTakeAll',
    shape: [4, 3],
    loss: (x) => weighted(recipes.winnerTakeAll(x, 0.5).square()),
    plain: (x) => {
      const kept = [0, 1, 2].map((unit) => largest(rowsOf(x, 3).map((row) => row[unit]), 2)); // prettier-ignore
      return sum(x.map((each, i) => (kept[i % 3].includes(Math.floor(i / 3)) ? WEIGHTS[i] * each ** 2 : 0))); // prettier-ignore
    },
  },
  {
    name: 'maskedTopk',
    shape: [2, 5],
    loss: (x) => {
      const mask = tf.tensor2d(MATCHES, [2, 5]).cast('bool');
      return weighted(valuesOf(recipes.maskedTopk(x, mask, 2)).square());
    },
    plain: (x) => {
      const values = rowsOf(x, 5).flatMap((row, b) => row.filter((_, i) => MATCHES[5 * b + i] === 1).sort((p, q) => q - p).slice(0, 2)); // prettier-ignore
      return dot(WEIGHTS, values.map((each) => each ** 2)); // prettier-ignore
    },
  },
  {
    name: 'peaks',
    shape: [1, 2, 3, 2],
    loss: (x) => weighted(valuesOf(recipes.peaks(x, 3)).square()),
    plain: (x) => dot(WEIGHTS, largest(x, 3).map((i) => x[i] ** 2)), // prettier-ignore
  },
  {
    name: 'unitRows',
    shape: [3, 4],
    loss: (x) => weighted(recipes.unitRows(x)),
    plain: (x) => dot(WEIGHTS, rowsOf(x, 4).flatMap((row) => row.map((each) => each / Math.hypot(...row)))), // prettier-ignore
  },
];

const valuesOf = (result: unknown) => (result as { values: tf.Tensor }).values;

/** The variables of the autoencoder of the last run of the page: decoder, encoder, offset. */
function parameters(): tf.Variable[] {
  const all = Object.values(tf.engine().registeredVariables);
  const ofShape = (shape: string) => all.filter((each) => String(each.shape) === shape);
  return [...ofShape('256,16').slice(-2), ...ofShape('16').slice(-1)];
}

/** Central differences, in float64. */
function slopesOf(f: (x: number[]) => number, x: number[]): number[] {
  const h = 1e-5;
  const at = (i: number, by: number) => f(x.map((each, j) => (i === j ? each + by : each)));
  return x.map((_, i) => (at(i, h) - at(i, -h)) / (2 * h));
}

describe.each(['cpu', 'wasm'])('docs/recipes.md on %s', (backend) => {
  beforeAll(async () => {
    jest.spyOn(console, 'log').mockReturnValue();
    const { functions, mismatches } = await runSample(programOfPage(PAGE), backend);
    await tf.setBackend(backend);
    expect(mismatches).toEqual([]);
    recipes = functions as typeof recipes;
  });

  it.each(CASES)(
    '$name has the value and the gradient of the formula',
    ({ shape, loss, plain }) => {
      const x = tf.randomNormal(shape, 0, 1, 'float32', SEED);
      const entries = Array.from(x.dataSync());
      const { value, grad } = tf.valueAndGrad((x) => loss(x) as tf.Scalar)(x);
      expect(value.dataSync()[0]).toBeCloseTo(plain(entries), 4);
      expect(grad).toBeCloseToTensor(tf.tensor(slopesOf(plain, entries), shape), 2e-4);
    },
  );

  it('peaks says where the peaks are', () => {
    const heat = tf.randomNormal<tf.Rank.R4>([2, 3, 4, 5], 0, 1, 'float32', SEED);
    const found = recipes.peaks(heat, 3) as unknown as Record<string, tf.Tensor2D>;
    const [rows, columns, classes, values] = ['rows', 'columns', 'classes', 'values'].map((name) =>
      found[name].arraySync(),
    );
    const maps = heat.arraySync();
    for (const b of [0, 1]) {
      const at = [0, 1, 2].map((i) => maps[b][rows[b][i]][columns[b][i]][classes[b][i]]);
      expect(at).toEqual(values[b]);
      expect(at).toEqual(maps[b].flat(2).sort((p, q) => q - p).slice(0, 3)); // prettier-ignore
    }
  });

  it('the samplers draw with the probabilities of what they keep', () => {
    const logits = [2, -1, 1, 0.5, 3];
    const draws = 20_000;
    const batch = tf.tile(tf.tensor2d([logits]), [draws, 1]);
    const shares = (sample: tf.Tensor) => {
      const drawn = Array.from(sample.dataSync());
      return logits.map((_, i) => drawn.filter((token) => token === i).length / draws);
    };
    const expected = (kept: number[]) => {
      const p = softmax(kept.map((i) => logits[i]));
      return logits.map((_, i) => (kept.includes(i) ? p[kept.indexOf(i)] : 0));
    };
    const p = softmax(logits); // 0.24, 0.01, 0.09, 0.05, 0.61: two of them make 0.8
    expect(p[4]).toBeLessThan(0.8);
    expect(shares(recipes.sampleNucleus(batch, 0.8, 1))).toBeCloseToTensor(expected([4, 0]), 0.015);
    expect(shares(recipes.sampleNucleus(batch, 0.5, 1))).toEqual([0, 0, 0, 0, 1]);
    expect(shares(recipes.sampleTopk(batch, 3, 1))).toBeCloseToTensor(expected([4, 0, 2]), 0.015);
  });

  it('constant has no gradient, and straightThroughMask that of x', () => {
    const x = tf.tensor2d([[3, 1, 2], [0, 5, 4]]); // prettier-ignore
    const w = tf.tensor2d([[1, 2, 3], [4, 5, 6]]); // prettier-ignore
    expect(recipes.straightThroughMask(x, 2)).toEqualTensor([[1, 0, 1], [0, 1, 1]]); // prettier-ignore
    expect(tf.grad((x) => recipes.straightThroughMask(x, 2).mul(w).sum())(x)).toEqualTensor(w);
    expect(recipes.straightThroughMask(tf.tensor1d([1e9, 1, Infinity]), 2)).toEqualTensor([
      1, 0, 1,
    ]);
    const constant = recipes.constant as unknown as (f: Recipe) => Recipe;
    const square = constant((x) => (x as tf.Tensor).square());
    expect(tf.grad((x) => square(x).mul(x).sum())(x)).toEqualTensor(x.square());
  });

  it('the gate is constant for k = 1, and the mended one is not', () => {
    const logits = tf.tensor2d([[3, 1, -2, 2]]);
    const gradient = (name: string) =>
      tf.grad((x) => weighted(recipes[name](x, 1)))(logits).abs().max().dataSync()[0]; // prettier-ignore
    expect(gradient('gate')).toBe(0);
    expect(gradient('switchGate')).toBeGreaterThan(0.1);
  });

  it('trainStep takes the first step of Adam along the gradient by plain loops', () => {
    const x = tf.randomNormal<tf.Rank.R2>([3, 16], 0, 1, 'float32', 6);
    const rows = x.arraySync();
    const [decoder, encoder, offset] = parameters();
    const [D, W, b] = [decoder, encoder, offset].map((each) => each.arraySync()) as [number[][], number[][], number[]]; // prettier-ignore
    const zeros = () => D.map((row) => row.map(() => 0));
    const gradient = { D: zeros(), W: zeros(), b: b.map(() => 0) };
    let loss = 0;
    for (const row of rows) {
      const input = row.map((each, j) => each - b[j]);
      const y = W.map((w) => dot(w, input));
      const active = largest(y, 4);
      const residual = row.map((each, j) => sum(active.map((i) => y[i] * D[i][j])) + b[j] - each);
      loss += sum(residual.map((r) => r ** 2)) / 3;
      const dr = residual.map((r) => (2 * r) / 3);
      dr.forEach((each, j) => {
        gradient.b[j] += each;
        for (const i of active) gradient.D[i][j] += y[i] * each;
        for (const i of active) gradient.W[i][j] += dot(D[i], dr) * input[j];
      });
    }
    const step = recipes.trainStep as unknown as (x: tf.Tensor) => number;
    expect(step(x)).toBeCloseTo(loss, 3);
    // Adam's first step is the learning rate times the sign of the gradient.
    const stepped = (p: number[], g: number[]) =>
      p.map((each, j) => each - 0.003 * Math.sign(g[j]));
    expect(encoder).toBeCloseToTensor(W.map((w, i) => stepped(w, gradient.W[i])), 1e-5); // prettier-ignore
    expect(offset).toBeCloseToTensor(stepped(b, gradient.b), 1e-5);
    const moved = D.map((d, i) => stepped(d, gradient.D[i]));
    const unit = moved.map((d) => d.map((each) => each / Math.hypot(...d)));
    expect(decoder).toBeCloseToTensor(unit, 1e-5);
  });

  it('topkCrossEntropy leaves out masked logits, which are −Infinity', () => {
    const logits = [[1, -Infinity, 3], [2, 0, -Infinity]]; // prettier-ignore
    const isLabel = tf.tensor2d([[1, 0, 0], [0, 1, 0]]); // prettier-ignore
    const expected = (Math.log(1 + Math.exp(3 - 1)) + Math.log(1 + Math.exp(2 - 0))) / 2;
    const loss = (x: tf.Tensor) => recipes.topkCrossEntropy(x, isLabel, 1) as tf.Scalar;
    const { value, grad } = tf.valueAndGrad(loss)(tf.tensor2d(logits));
    expect(value).toBeCloseToTensor(expected, 1e-6);
    expect(Array.from(grad.dataSync()).every(Number.isFinite)).toBe(true);
  });

  it.each([
    [100, 0.07, 7],
    [50, 0.14, 7],
    [25, 0.28, 7],
    [100, 0.55, 55],
    [4, 0.1, 1],
  ])('of %i a share of %f is %i, although the product is rounded', (n, share, k) => {
    const losses = Array.from({ length: n }, (_, i) => i);
    const mean = sum(losses.slice(n - k)) / k;
    expect(recipes.hardLoss(tf.tensor1d(losses), share)).toBeCloseToTensor(mean, 1e-4);
    const kept = recipes.winnerTakeAll(tf.tensor2d(losses, [n, 1]).add(1), share);
    expect(Array.from(kept.dataSync()).filter((each) => each !== 0)).toHaveLength(k);
  });

  it('trainStep learns a dictionary, and leaks nothing', () => {
    const atoms = tf.randomNormal([32, 16], 0, 1, 'float32', 7);
    const codes = tf.randomUniform([64, 32], 0, 1, 'float32', 8);
    const x = tf.tidy(() => codes.sub(0.9).relu().mul(10).matMul(atoms));
    const step = recipes.trainStep as unknown as (x: tf.Tensor) => number;
    const first = step(x);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 60; i++) step(x);
    expect(step(x)).toBeLessThan(0.5 * first);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('has recipes of 12 lines at most, but for the autoencoder, which has 20', () => {
  const sections = readPage(PAGE).split(/^## /m).slice(1);
  for (const section of sections) {
    const blocks = [...section.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code);
    const functions = blocks.flatMap((code) => code.split(/\n\n(?=function|\/\*\*)/));
    const longest = Math.max(0, ...functions.map((code) => code.trim().split('\n').length));
    const isAutoencoder = section.startsWith('A sparse autoencoder');
    expect(longest).toBeLessThanOrEqual(isAutoencoder ? 20 : 12);
  }
});
