import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { gumbelTopk, softTopk, topk } from '../src/index.ts';

const logits = [0.5, -1, 2, 0, 1, -0.3];
const n = logits.length;

/** The probability of drawing i first and j second, by the definition: pᵢ pⱼ / (1 − pᵢ). */
function exactPairs(): number[][] {
  const weights = logits.map(Math.exp);
  const total = weights.reduce((a, b) => a + b);
  const p = weights.map((weight) => weight / total);
  return p.map((pi, i) => p.map((pj, j) => (i === j ? 0 : (pi * pj) / (1 - pi))));
}

describe.each(['cpu', 'wasm'])('gumbelTopk on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it('draws pairs without replacement, with the frequencies of the exact enumeration', () => {
    const draws = 60_000;
    const batch = tf.tile(tf.tensor2d([logits]), [draws, 1]);
    const indices = gumbelTopk(batch, 2, { seed: 11 }).indices.arraySync();
    const counts = exactPairs().map((row) => row.map(() => 0));
    for (const [i, j] of indices) counts[i][j]++;
    const ofPairs = { χ2: 0, cells: 0 };
    const inclusion = logits.map(() => ({ found: 0, expected: 0 }));
    exactPairs().forEach((row, i) => {
      row.forEach((p, j) => {
        if (i === j) {
          expect(counts[i][j]).toBe(0);
          return;
        }
        ofPairs.χ2 += (counts[i][j] - draws * p) ** 2 / (draws * p);
        ofPairs.cells++;
        for (const one of [i, j]) {
          inclusion[one].found += counts[i][j];
          inclusion[one].expected += draws * p;
        }
      });
    });
    expect(ofPairs.cells).toBe(30);
    expect(ofPairs.χ2).toBeLessThan(58.3); // 29 degrees of freedom: exceeded once in a thousand
    for (const { found, expected } of inclusion) {
      const variance = expected * (1 - expected / draws);
      expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(variance));
    }
  });

  it('returns the perturbed logits and their top-k', () => {
    const { values, indices, perturbed } = gumbelTopk(logits, 3, { seed: 1 });
    const again = topk(perturbed, 3);
    expect(values).toEqualTensor(again.values);
    expect(indices).toEqualTensor(again.indices);
    expect([indices.dtype, values.dtype]).toEqual(['int32', 'float32']);
    const noise = perturbed.sub(logits).dataSync();
    expect(new Set(noise).size).toBe(n);
  });

  it('draws the same if a constant is added to all logits', () => {
    const quarters = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 2, maxLength: 20 });
    const shift = fc.integer({ min: -(2 ** 21), max: 2 ** 21 }); // float32 has quarters up to 2²²
    fc.assert(
      fc.property(quarters, shift, fc.integer(), (quarters, shift, seed) => {
        const logits = quarters.map((quarter) => quarter / 4);
        const moved = logits.map((logit) => logit + shift);
        const [first, second] = [logits, moved].map((x) => gumbelTopk(x, x.length, { seed }));
        expect(second.indices).toEqualTensor(first.indices);
      }),
      { seed: 1 },
    );
  });

  it('draws each of two equal logits half of the time, however large', () => {
    const draws = 4000;
    for (const logit of [0, 1e7, -1e7, 3e38]) {
      const { indices } = gumbelTopk(tf.fill([draws, 2], logit), 1, { seed: 5 });
      const share = indices.mean().dataSync()[0];
      expect(Math.abs(share - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 4 / draws));
    }
  });

  it('keeps the order of logits whose differences float32 cannot hold', () => {
    const { values, indices, perturbed } = gumbelTopk([3e38, -3e38, -1e38], 2, { seed: 1 });
    expect(indices).toEqualTensor([0, 2]);
    expect(values).toBeCloseToTensor([3e38, -1e38], { relative: 1e-6 });
    expect(perturbed).toBeCloseToTensor([3e38, -3e38, -1e38], { relative: 1e-6 });
  });

  it('adds Gumbel-distributed noise, in the tails too', () => {
    const size = 1_000_000;
    const noise = gumbelTopk(tf.zeros([size]), 1, { seed: 2 })
      .perturbed.dataSync()
      .slice()
      .sort();
    // The Kolmogorov–Smirnov distance exceeds 1.95 / √size once in a thousand.
    let distance = 0;
    noise.forEach((g, i) => {
      distance = Math.max(distance, Math.abs(Math.exp(-Math.exp(-g)) - (i + 0.5) / size));
    });
    expect(distance).toBeLessThan(1.95 / Math.sqrt(size));
    const top = noise.slice(-1000);
    expect(new Set(top).size).toBeGreaterThan(990);
    const expected = -Math.log(-Math.log1p(-1000 / size)); // exceeded by 1000 of them
    expect(Math.abs(top[0] - expected)).toBeLessThan(0.15);
  });

  it('draws every index for k = n, none for k = 0, and −Infinity last', () => {
    const all = gumbelTopk(logits, n, { seed: 3 }).indices.arraySync() as number[];
    expect([...all].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(gumbelTopk(logits, 0).indices.shape).toEqual([0]);
    for (let seed = 0; seed < 50; seed++) {
      const { indices } = gumbelTopk([-Infinity, -80, 0], 2, { seed });
      expect(indices).toEqualTensor([2, 1]);
    }
  });

  it('is differentiable in the logits at the indices drawn', () => {
    const seed = 4;
    const x = tf.tensor1d(logits);
    const [i, j] = gumbelTopk(x, 2, { seed }).indices.arraySync();
    const gradient = tf.grad((x) => gumbelTopk(x, 2, { seed }).values.mul([3, 5]).sum());
    const expected = logits.map((_, at) => (at === i ? 3 : at === j ? 5 : 0));
    expect(gradient(x)).toEqualTensor(expected);
    const relaxed = (x: tf.Tensor) =>
      softTopk(gumbelTopk(x, 2, { seed }).perturbed, 2)
        .mul(tf.range(0, n))
        .sum();
    const everywhere = tf.grad(relaxed)(x).arraySync() as number[];
    expect(everywhere.every((d) => d !== 0)).toBe(true);
  });
});

describe('gumbelTopk', () => {
  const drawn = (seed?: number) => gumbelTopk(tf.zeros([50]), 50, { seed }).indices.arraySync();

  it('draws the same for the same seed on every backend, 0 included, and anew without a seed', async () => {
    const samples = [];
    for (const backend of ['cpu', 'wasm']) {
      await tf.setBackend(backend);
      for (const seed of [0, 1, -1]) expect(drawn(seed)).toEqual(drawn(seed));
      expect(drawn(0)).not.toEqual(drawn(1));
      expect(drawn()).not.toEqual(drawn());
      samples.push(drawn(7));
    }
    expect(samples[0]).toEqual(samples[1]);
  });

  it.each<[string, unknown, unknown, unknown]>([
    ['k must be an integer in [0, 3], got 4', [1, 2, 3], 4, {}],
    ['k must be an integer in [0, 3], got 1.5', [1, 2, 3], 1.5, {}],
    ['logits must be of rank 1 or higher, got a scalar', 1, 1, {}],
    ['logits must be numbers, got NaN', [1, NaN, 2], 1, {}],
    ['seed must be an integer, got 0.5', [1, 2], 1, { seed: 0.5 }],
    ['seed must be an integer, got "a"', [1, 2], 1, { seed: 'a' }],
    ['options must be a plain object, got null', [1, 2], 1, null],
    ['options must be among axis, seed, got "sed"', [1, 2], 1, { sed: 1 }],
  ])('throws: %s', (message, x, k, options) => {
    expect(() => gumbelTopk(x as number[], k as number, options as object)).toThrow(
      `gumbelTopk: ${message}`,
    );
  });
});
