import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { checkGrads, softTopk, topk } from '../src/index.ts';
import { kinds, plainSoftTopk, type Kind } from './oracles/plainSoftTopk.ts';

const sum = (list: Iterable<number>) => {
  let total = 0;
  for (const entry of list) total += entry;
  return total;
};
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** dL/dτ of L = Σ g ⊙ softTopk(x, k), a scalar. */
const dLdτ = (x: number[], g: number[], k: number, kind: Kind, τ: number) =>
  tf.grad((temperature) => softTopk(x, k, { kind, temperature: temperature as tf.Scalar }).mul(g).sum())(tf.scalar(τ)); // prettier-ignore

/** Rows with repeated entries, of magnitudes from 0.01 to 1000; k, an integer or not; the temperature and the kind. */
const problem = fc
  .record({
    x: fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 2, maxLength: 60 }),
    size: fc.constantFrom(0.01, 0.25, 25),
    share: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    isInteger: fc.boolean(),
    temperature: fc.constantFrom(0.03, 0.3, 1, 10, 300),
    kind: fc.constantFrom<Kind[]>(...kinds),
  })
  .map(({ x, size, share, isInteger, temperature, kind }) => {
    const n = x.length;
    const k = isInteger ? Math.min(Math.max(1, Math.round(share * n)), n - 1) : share * n;
    return { x: x.map((x) => x * size), k, temperature, kind };
  });

describe.each(['cpu', 'wasm'])('softTopk on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it('is F(x − θ) with Σm = k, by bisection in double precision; and so is its gradient', () => {
    fc.assert(
      fc.property(problem, ({ x, k, temperature, kind }) => {
        const oracle = plainSoftTopk(x, k, temperature, kind);
        const g = x.map((_, i) => Math.cos(i));
        tf.tidy(() => {
          const soft = (x: tf.Tensor) => softTopk(x, k, { temperature, kind });
          const $x = tf.tensor1d(x);
          const mask = soft($x);
          expect(mask).toBeCloseToTensor(oracle.mask, 2e-5);
          expect(sum(mask.dataSync())).toBeCloseToTensor(k, { relative: 1e-5 });
          // At a kink of the mask itself the gradient is a choice.
          const isAtKink = oracle.mask.some((m) => m !== 0 && m !== 1 && m * (1 - m) < 1e-4);
          if (kind === 'clip' && isAtKink) return;
          const dx = tf.grad((x) => soft(x).mul(g).sum())($x);
          expect(dx).toBeCloseToTensor(oracle.vjp(g), 5e-5 / temperature);
        });
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('lies in [0, 1], keeps the order of x, and gives equal entries the same', () => {
    fc.assert(
      fc.property(problem, ({ x, k, ...options }) => {
        const mask = softTopk(x, k, options).dataSync();
        const order = Array.from(x.keys()).sort((a, b) => x[a] - x[b]);
        let last = 0;
        order.forEach((i, rank) => {
          expect(mask[i]).toBeGreaterThanOrEqual(last);
          if (rank > 0 && x[i] === x[order[rank - 1]]) expect(mask[i]).toBe(last);
          last = mask[i];
        });
        expect(last).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300, seed: 8 },
    );
  });

  it('is permuted with x, and stays as it is if a number is added to all of x', () => {
    fc.assert(
      fc.property(problem, fc.integer({ min: -64, max: 64 }), ({ x, k, ...options }, shift) => {
        const mask = softTopk(x, k, options).dataSync();
        const stride = (i: number) => (i * 7 + 3) % x.length;
        const isPermutation = new Set(x.map((_, i) => stride(i))).size === x.length;
        const from = isPermutation ? stride : (i: number) => x.length - 1 - i;
        const permuted = softTopk(x.map((_, i) => x[from(i)]), k, options); // prettier-ignore
        expect(permuted).toBeCloseToTensor(mask.map((_, i) => mask[from(i)]), 3e-6); // prettier-ignore
        const shifted = softTopk(x.map((x) => x + shift), k, options); // prettier-ignore
        // x + shift is rounded to float32, and F′ ≤ 1.
        const size = (Math.max(...x.map(Math.abs)) + Math.abs(shift)) / options.temperature;
        expect(shifted).toBeCloseToTensor(mask, 2 * 2 ** -24 * size + 3e-6);
      }),
      { numRuns: 300, seed: 9 },
    );
  });

  it.each(kinds)('passes checkGrads to order 2, in x and in the temperature: %s', (kind) => {
    const weights = tf.tensor1d([1, 2, -1, 3, 0.5, 2]);
    const f = (x: tf.Tensor, temperature: tf.Tensor) =>
      softTopk(x, 2.5, { kind, temperature: temperature as tf.Scalar })
        .square()
        .mul(weights)
        .sum();
    const x = tf.tensor1d([3, 1, 2, 0.5, -1, 1.7]);
    const report = checkGrads(f, [x, tf.scalar(1.9)]);
    expect(report.failures).toBe(0);
    const batch = (x: tf.Tensor) => softTopk(x, 2, { kind, temperature: 1.9 }).square();
    expect(checkGrads(batch, [normal([2, 4], 4)]).failures).toBe(0);
  });

  it.each(kinds)('sums to k within 1e-5 k for n up to a million: %s', (kind) => {
    const sizes = [2, 127, 128, 129, 1000, 30_001, ...(backend === 'wasm' ? [1_000_000] : [])];
    for (const n of sizes) {
      const row = normal([n], n);
      for (const k of [0.5, 1, 32, n / 2, n - 1].filter((k) => k < n)) {
        for (const temperature of n < 1e4 ? [1e-3, 0.1, 1, 1e4] : [0.03, 30]) {
          const mask = softTopk(row, k, { kind, temperature });
          expect(sum(mask.dataSync())).toBeCloseToTensor(k, { relative: 1e-5 });
          mask.dispose();
        }
      }
    }
    const equal = softTopk(tf.ones([1_000_000]), 32, { kind });
    expect(sum(equal.dataSync())).toBeCloseToTensor(32, { relative: 1e-5 });
  });

  it.each(kinds)('becomes the mask of topk for τ → 0, with even shares at a tie: %s', (kind) => {
    const x = [3, 1, 2, 5, 2, 2, 0];
    for (const [k, expected] of [
      [2, [1, 0, 0, 1, 0, 0, 0]],
      [3, [1, 0, 1 / 3, 1, 1 / 3, 1 / 3, 0]],
      [4, [1, 0, 2 / 3, 1, 2 / 3, 2 / 3, 0]],
      [5, [1, 0, 1, 1, 1, 1, 0]],
      [5.25, [1, 0.25, 1, 1, 1, 1, 0]],
    ] as [number, number[]][]) {
      let last = Infinity;
      for (const temperature of [1, 0.3, 0.1, 0.01, 1e-6, 1e-30]) {
        const mask = softTopk(x, k, { kind, temperature });
        const [distance] = mask.sub(expected).abs().max().dataSync();
        expect(distance).toBeLessThanOrEqual(last + 1e-6);
        last = distance;
      }
      expect(last).toBeLessThan(1e-5); // as near as Σm is to k
    }
  });

  it('is exactly sparse for clip, and the projection of x / τ onto the capped simplex', () => {
    const x = normal([1000], 5);
    const mask = softTopk(x, 20, { kind: 'clip', temperature: 0.1 }).dataSync();
    const at = (m: number) => mask.filter((entry) => entry === m).length;
    expect(at(0)).toBeGreaterThan(900);
    expect(at(1)).toBeGreaterThan(5);
    expect(at(0) + at(1)).toBeLessThan(1000);
    // The nearest point: no other with Σ = k in [0, 1] is nearer, and so ⟨u − m, z − m⟩ ≤ 0.
    const u = Array.from(x.dataSync(), (x) => x / 0.1);
    for (let trial = 0; trial < 100; trial++) {
      const other = softTopk(normal([1000], 100 + trial), 20, { temperature: 0.3 }).dataSync();
      expect(sum(u.map((u, i) => (u - mask[i]) * (other[i] - mask[i])))).toBeLessThan(1e-3);
    }
  });

  it('is for logistic what 200 of Sinkhorn’s iterations find for two anchors, with ε = 2τ', () => {
    const [n, k, τ] = [50, 7, 0.25];
    const x = Array.from(normal([n], 6).dataSync());
    const K = [0, 1].map((anchor) => x.map((x) => Math.exp(-((x - anchor) ** 2) / (2 * τ))));
    let [a, b] = [x.map(() => 1), [1, 1]];
    for (let iteration = 0; iteration < 200; iteration++) {
      a = x.map((_, i) => 1 / n / (K[0][i] * b[0] + K[1][i] * b[1]));
      b = [(n - k) / n, k / n].map((share, j) => share / sum(a.map((a, i) => a * K[j][i])));
    }
    const plan = x.map((_, i) => n * a[i] * K[1][i] * b[1]);
    expect(softTopk(x, k, { temperature: τ })).toBeCloseToTensor(plan, 1e-5);
  });

  it('leaves −Infinity out, selects Infinity for certain, and has gradients for the others', () => {
    const others = tf.tensor1d([0, 2, 4], 'int32');
    for (const kind of kinds) {
      const x = tf.tensor1d([1, -Infinity, 2, Infinity, 1.5]);
      const mask = softTopk(x, 2, { kind });
      expect(tf.gather(mask, [1, 3])).toEqualTensor([0, 1]);
      expect(tf.gather(mask, others)).toBeCloseToTensor(softTopk([1, 2, 1.5], 1, { kind }), 1e-6);
      const dx = tf.grad((x) => softTopk(x, 2, { kind }).mul([1, 2, 3, 4, 5]).sum())(x);
      expect(tf.gather(dx, [1, 3])).toEqualTensor([0, 0]);
      const dOthers = tf.grad((x) => softTopk(x, 1, { kind }).mul([1, 3, 5]).sum());
      const expected = dOthers(tf.tensor1d([1, 2, 1.5]));
      expect(tf.gather(dx, others)).toBeCloseToTensor(expected, 1e-6);
    }
    expect(softTopk([1, -Infinity, 2, -Infinity], 2)).toEqualTensor([1, 0, 1, 0]);
    for (const kind of kinds) {
      const x = [Infinity, -Infinity, -Infinity, Infinity, -Infinity];
      expect(softTopk(x, 2, { kind })).toEqualTensor([1, 0, 0, 1, 0]);
      expect(softTopk(x.slice(0, 4), 2, { kind })).toEqualTensor([1, 0, 0, 1]);
      expect(softTopk([Infinity, 1, -Infinity, Infinity], 3, { kind })).toEqualTensor([1, 1, 0, 1]);
    }
  });

  it('counts the largest float32 as finite, also in the gradient in the temperature', () => {
    const MAX = 3.4028234663852886e38;
    const [x, τ] = [tf.tensor1d([MAX, 1.5e38, -MAX]), tf.scalar(1e38)];
    const scale = 2 ** -120;
    for (const kind of kinds) {
      const dτ = tf.grads((x, τ) =>
        softTopk(x, 1, { kind, temperature: τ as tf.Scalar })
          .mul([1, 2, 4])
          .sum(),
      );
      const [huge, small] = [dτ([x, τ]), dτ([x.mul(scale), τ.mul(scale)])];
      expect(huge[1]).toBeCloseToTensor(
        small[1].mul(scale),
        1e-5 * Math.abs(small[1].dataSync()[0] * scale),
      );
    }
  });

  it('takes integers, batches without rows, and entries far apart', () => {
    expect(softTopk(tf.tensor1d([1, 5, 3], 'int32'), 1).dtype).toBe('float32');
    expect(softTopk(tf.zeros([0, 5]), 2).shape).toEqual([0, 5]);
    expect(tf.grad((x) => softTopk(x, 2).sum())(tf.zeros([0, 5])).shape).toEqual([0, 5]);
    for (const kind of kinds) {
      expect(softTopk([1e30, -1e30, 0], 1, { kind })).toEqualTensor([1, 0, 0]);
      const hard = softTopk([3e38, -3e38, 0], 2, { kind, temperature: 1e-3 });
      expect(hard).toEqualTensor([1, 0, 1]);
      const mask = softTopk([1e6, 1, 0, -1e6, -1e6 - 1], 3 + 1e-3, { kind });
      expect(sum(mask.dataSync())).toBeCloseToTensor(3.001, 1e-5);
    }
  });

  it('finds each row of a batch as if it were alone, whatever the scale of the others', () => {
    const n = 9;
    const scales = [0.01, 0.1, 1, 10, 100, 1000];
    const rows = Array.from({ length: 64 }, (_, row) => {
      const entries = normal([n], 1000 + row).mul(scales[row % scales.length]);
      return Array.from(entries.dataSync(), (entry, i) => (i < 2 ? Math.round(entry) : entry));
    });
    for (const kind of kinds) {
      for (const k of [0.63755, 2, 4.9, 8.3]) {
        const masks = softTopk(tf.tensor2d(rows), k, { kind }).arraySync();
        masks.forEach((mask, row) => {
          expect(sum(mask)).toBeCloseToTensor(k, 1e-5 * Math.min(k, n - k));
          expect(mask).toBeCloseToTensor(softTopk(rows[row], k, { kind }), 1e-5);
        });
      }
    }
  });

  it('sums to k within 1e-5 min(k, n − k) and the rounding of n numbers, also for k near n', () => {
    const errorRatio = (
      x: tf.TensorLike,
      n: number,
      k: number,
      kind: Kind,
      temperature: number,
    ) => {
      const mask = softTopk(x, k, { kind, temperature }).dataSync();
      return Math.abs(sum(mask) - k) / (1e-5 * Math.min(k, n - k) + n * 2 ** -25);
    };
    fc.assert(
      fc.property(problem, fc.constantFrom(0, 1e-3, 0.5), ({ x, k, kind, temperature }, rest) => {
        const n = x.length;
        const ratios = [k, n - Math.max(rest, 1e-3)].map((k) => errorRatio(x, n, k, kind, temperature)); // prettier-ignore
        expect(Math.max(...ratios)).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
    for (const n of [48, ...(backend === 'wasm' ? [1_000_000] : [10_000])]) {
      const x = normal([n], 3).arraySync() as number[];
      for (const kind of kinds) expect(errorRatio(x, n, n - 0.5, kind, 1)).toBeLessThanOrEqual(1);
    }
  });

  it('has no gradient in the temperature where entries are equal, up to the largest numbers', () => {
    for (const kind of kinds) {
      for (const x of [1, -1e20, 2e38, -3.4e38]) {
        expect(dLdτ([x, x], [1, 3], 1, kind, 1)).toEqualTensor(0);
        expect(dLdτ([x, x, x], [1, 3, 0], 2, kind, 0.5)).toEqualTensor(0);
      }
    }
  });

  it('has a gradient in the temperature that is of one kind for all scales of x', () => {
    for (const kind of kinds) {
      // m depends on x / τ alone, so τ dL/dτ is the same.
      const atScale = (τ: number) =>
        τ * dLdτ([0.5 * τ, -0.3 * τ, τ], [1, 2, 4], 1, kind, τ).dataSync()[0];
      const expected = atScale(1);
      for (const τ of [1e-30, 1e-10, 1e10, 1e30, 1e32, 1e34]) {
        expect(Math.abs(atScale(τ) / expected - 1)).toBeLessThan(1e-4);
      }
    }
  });

  it('has second derivatives also where a row is 0 and 1, beside others', () => {
    const weights = [1, 2, 4, 3];
    const penalty = (rows: tf.Tensor, τ: tf.Tensor, k: number, kind: Kind) => {
      const temperature = τ as tf.Scalar;
      const loss = (x: tf.Tensor, τ: tf.Tensor) =>
        softTopk(x, k, { temperature: τ as tf.Scalar, kind })
          .mul(weights)
          .sum();
      return tf.addN(
        tf
          .grads(loss)([rows, temperature])
          .map((g) => g.square().sum<tf.Scalar>()),
      );
    };
    const second = (rows: number[][], k: number, kind: Kind, τ = 1) =>
      tf.grads((x, τ) => penalty(x, τ, k, kind))([tf.tensor(rows), tf.scalar(τ)]);
    const soft = [0.5, 2, -1, 1.5];
    for (const kind of kinds) {
      const alone = second([soft], 2, kind);
      for (const hard of [
        [0, 1000, 0, 1000],
        [0, 150, 0, 170],
      ]) {
        // prettier-ignore
        const [dx, dτ] = second([soft, hard], 2, kind);
        expect(dx.slice([0], [1])).toBeCloseToTensor(alone[0], 1e-6);
        expect(dx.slice([1], [1])).toBeCloseToTensor([[0, 0, 0, 0]], 1e-20);
        expect(dτ).toBeCloseToTensor(alone[1], 1e-6);
      }
      for (const k of [0, 4]) expect(second([soft], k, kind)[0]).toEqualTensor([[0, 0, 0, 0]]);
    }
    expect(second([[1, 2, 3, 9]], 1, 'logistic', 1e-3)[0]).toEqualTensor([[0, 0, 0, 0]]);
  });

  it.each([
    ['a long row', 1],
    ['many rows', 2 ** 17],
  ])('has a gradient in the temperature that is the sum over %s, within 1e-5', (_, rows) => {
    const pairs = (count: number) => tf.tile(tf.tensor1d([0, 1]), [count]);
    const gradient = (count: number, rows: number) => {
      const x = pairs(count).reshape([rows, -1]);
      const loss = (τ: tf.Tensor) => softTopk(x, count / rows / 2, { temperature: τ as tf.Scalar }).mul(x).sum(); // prettier-ignore
      return tf.grad(loss)(tf.scalar(1)).dataSync()[0] / count;
    };
    const ratio = gradient(2 ** 17, rows) / gradient(1, 1);
    expect(Math.abs(ratio - 1)).toBeLessThan(1e-5);
  });

  it('finds θ where plain Newton steps would oscillate', () => {
    const clusters = [[16.918, 1], [-1.69, 54498], [2.5853, 16073], [-38, 115519], [-1, 5332]]; // prettier-ignore
    const x = clusters.flatMap(([value, count]) => Array<number>(count).fill(value));
    expect(sum(softTopk(x, 9).dataSync())).toBeCloseToTensor(9, { relative: 1e-5 });
  });

  it('is as exact for k near n as for k near 0', () => {
    const x = normal([10_000], 8);
    const g = tf.randomNormal([10_000], 0, 1, 'float32', 9);
    for (const kind of kinds) {
      const soft = (x: tf.Tensor, k: number) => softTopk(x, k, { kind });
      const rest = tf.sub(1, soft(x, 9999.5));
      expect(sum(rest.dataSync())).toBeCloseToTensor(0.5, 2e-4); // n − k; 1e4 roundings of 1 − m
      const dx = tf.grad((x) => soft(x, 9999.5).mul(g).sum())(x);
      const mirrored = tf.grad((x) => soft(tf.neg(x), 0.5).mul(tf.neg(g)).sum())(x);
      expect(dx).toBeCloseToTensor(mirrored, 1e-6);
    }
    const z = new Float32Array(100_000).fill(10);
    z.set([0, -0.5]);
    const mask = softTopk(z, 99_999.2, { kind: 'clip' });
    expect(mask.slice(0, 2)).toBeCloseToTensor([0.85, 0.35], 1e-5);
  });

  it('loses no precision where all of x has a large offset', () => {
    const x = [3, 1, 2, 0.5, -1, 1.75];
    for (const kind of kinds) {
      const options = { kind, temperature: tf.scalar(0.7) };
      const offset = x.map((entry) => entry + 2 ** 20);
      const [mask, moved] = [x, offset].map((x) => softTopk(x, 2.5, options));
      expect(mask).toBeCloseToTensor(moved, 1e-6);
      const [dτ, dτMoved] = [x, offset].map((x) => dLdτ(x, [0, 1, 2, 3, 4, 5], 2.5, kind, 0.7));
      expect(dτ).toBeCloseToTensor(dτMoved, 1e-5);
    }
  });

  it('has a gradient in the temperature where entries are infinite or the temperature is tiny', () => {
    for (const kind of kinds) {
      const expected = dLdτ([1, 2, 1.5], [1, 3, 4], 1.4, kind, 1);
      expect(expected).not.toEqualTensor(0);
      for (const [infinite, k] of [
        [-Infinity, 1.4],
        [Infinity, 2.4],
      ]) {
        // prettier-ignore
        const dτ = dLdτ([1, infinite, 2, 1.5], [1, 2, 3, 4], k, kind, 1);
        expect(dτ).toBeCloseToTensor(expected, 5e-6);
      }
      for (const τ of [1e-22, 1e-30, 2 ** -126]) {
        expect(dLdτ([3, 1, 2], [1, 2, 3], 2, kind, τ)).toEqualTensor(0);
      }
      const mask = softTopk([1e10, 2e10, 3e10], 1, { kind, temperature: 1e-30 });
      expect(mask).toEqualTensor([0, 0, 1]);
    }
    const temperature = tf.tensor2d([[0.5]]) as tf.Tensor as tf.Scalar;
    expect(softTopk([1, 2, 3], 1, { temperature }).shape).toEqual([3]);
  });

  it('gives the mask of each row in a batch', () => {
    const x = normal([3, 4, 300], 9);
    const mask = softTopk(x, 10, { kind: 'laplace' });
    const rows = x.reshape([12, 300]).unstack();
    const alone = tf.stack(rows.map((row) => softTopk(row, 10, { kind: 'laplace' })));
    expect(mask).toBeCloseToTensor(alone.reshape([3, 4, 300]), 1e-6);
  });
});

describe('softTopk', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it.each<[string, unknown, unknown, unknown]>([
    ['k must be a number in [0, 3], got -1', [1, 2, 3], -1, {}],
    ['k must be a number in [0, 3], got 3.5', [1, 2, 3], 3.5, {}],
    ['k must be a number in [0, 3], got NaN', [1, 2, 3], NaN, {}],
    ['k must be a number in [0, 3], got "2"', [1, 2, 3], '2', {}],
    ['x must be numbers, got NaN', [1, NaN, 3], 0, {}],
    ['x must be numbers, got NaN', [1, NaN, 3], 3, {}],
    ['x must be of rank 1 or higher, got a scalar', 1, 1, {}],
    ['x must be numbers, got NaN', [1, NaN, 3], 1, {}],
    ['x must have at most k times Infinity along the axis, got 2', [Infinity, Infinity, 3], 1, {}],
    [
      'x must have k entries above -Infinity along the axis, got 1',
      [-Infinity, -Infinity, 3],
      2,
      {},
    ],
    ['x must have k entries above -Infinity along the axis, got 1 at [1]', [[1, 2, 3], [3, -Infinity, -Infinity]], 1.5, {}], // prettier-ignore
    ['x must have at most k times Infinity along the axis, got 3 at [0,1]', [[[0, Infinity], [1, Infinity], [2, Infinity]]], 2, { axis: 1 }], // prettier-ignore
    ['x must be numbers, got NaN at [1]', [Infinity, NaN, Infinity], 1, {}],
    ['temperature must be finite in float32 and 2^-126 or more, got 1e-39', [1, 2], 1, { temperature: 1e-39 }], // prettier-ignore
    ['temperature must be finite in float32 and 2^-126 or more, got 1e+39', [1, 2], 1, { temperature: 1e39 }], // prettier-ignore
    [
      'temperature must be finite in float32 and 2^-126 or more, got 0',
      [1, 2],
      1,
      { temperature: 0 },
    ],
    [
      'temperature must be finite in float32 and 2^-126 or more, got -1',
      [1, 2],
      1,
      { temperature: -1 },
    ],
    [
      'temperature must be finite in float32 and 2^-126 or more, got Infinity',
      [1, 2],
      1,
      { temperature: Infinity },
    ],
    [
      'temperature must be finite in float32 and 2^-126 or more, got NaN',
      [1, 2],
      1,
      { temperature: NaN },
    ],
    [
      'temperature must be finite in float32 and 2^-126 or more, got "1"',
      [1, 2],
      1,
      { temperature: '1' },
    ],
    [
      "kind must be one of 'logistic', 'laplace', 'clip', got \"hard\"",
      [1, 2],
      1,
      { kind: 'hard' },
    ],
    [
      "kind must be one of 'logistic', 'laplace', 'clip', got \"toString\"",
      [1, 2],
      1,
      { kind: 'toString' },
    ],
    ['options must be a plain object, got null', [1, 2], 1, null],
    ['options must be a plain object, got 1', [1, 2], 1, 1],
    ['options must be among axis, temperature, kind, got "tau"', [1, 2], 1, { tau: 1 }],
    ["kind must be one of 'logistic', 'laplace', 'clip', got Array", [1, 2], 1, { kind: ['clip'] }],
  ])('throws: %s', (message, x, k, options) => {
    expect(() => softTopk(x as number[], k as number, options as object)).toThrow(
      `softTopk: ${message}`,
    );
  });

  it('checks a temperature that is a tensor', () => {
    const range = 'temperature must be finite in float32 and 2^-126 or more';
    for (const [temperature, message] of [
      [tf.scalar(0), `${range}, got 0`],
      [tf.scalar(NaN), `${range}, got NaN`],
      [tf.tensor1d([1, 1]), 'temperature must be a number or a scalar, got [2]'],
    ] as [tf.Scalar, string][]) {
      expect(() => softTopk([1, 2], 1, { temperature })).toThrow(`softTopk: ${message}`);
    }
  });

  it('has no gradient left where the mask is 0 and 1, and is the mask of topk there', () => {
    const x = tf.tensor1d([3, 1, 2, 5]);
    const soft = (x: tf.Tensor) => softTopk(x, 2, { temperature: 1e-4 });
    const dx = tf.grad((x) => soft(x).mul([1, 2, 3, 4]).sum());
    expect(dx(x)).toEqualTensor([0, 0, 0, 0]);
    expect(soft(x)).toEqualTensor(tf.oneHot(topk(x, 2).indices, 4).sum(0));
  });
});
