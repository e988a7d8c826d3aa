import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import * as fc from 'fast-check';
import { topkLinear } from '../../../src/topkLinear.ts';

describe.each(['cpu', 'wasm'])('topkLinear on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  const valuesOf = (W: tf.Tensor, x: tf.Tensor, k: number) =>
    tf.tidy(() => Array.from(topkLinear(W, x, k).values.dataSync()));

  it('gives the same x the same answer wherever it stands in a batch, and alone', () => {
    const row = Array.from(tf.randomNormal([64], 0, 1, 'float32', 1).dataSync());
    const rotations = row.map((_, i) => [...row.slice(i), ...row.slice(0, i)]);
    const x = tf.randomNormal([64], 0, 1, 'float32', 2);
    const alone = valuesOf(tf.tensor2d(rotations), x, 64);
    expect(valuesOf(tf.tensor2d(rotations), tf.stack(Array<tf.Tensor>(5).fill(x)), 64)).toEqual(
      Array<number[]>(5).fill(alone).flat(),
    );
  });

  it('gives an example an answer that does not depend on the others, for any shape', () => {
    const size = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(size(9), size(70), size(9), fc.integer(), (n, d, b, seed) => {
        tf.tidy(() => {
          const W = tf.randomNormal([n, d], 0, 1, 'float32', seed);
          const x = tf.randomNormal([b, d], 0, 1, 'float32', seed + 1);
          const each = tf.unstack(x).flatMap((example) => valuesOf(W, example, n));
          expect(valuesOf(W, x, n)).toEqual(each);
        });
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it.each([
    [131, 512, 7, 'two panels of W, and three rows of a third'],
    [131, 515, 6, 'two panels and seven rows of a third, with columns that make up no whole block'],
    [5, 16_384, 9, 'three blocks of examples, the last of one'],
    [3, 40_000, 9, 'rows that are longer than a panel'],
    [2 ** 21, 1, 9, 'on wasm, products held for eight examples at once'],
  ])(
    'gives an example the same answer in a batch as alone, for W [%i, %i] and %i examples: %s',
    (n, d, b) => {
      tf.tidy(() => {
        const W = tf.randomNormal<tf.Rank.R2>([n, d], 0, 1, 'float32', 5);
        const x = tf.randomNormal<tf.Rank.R2>([b, d], 0, 1, 'float32', 6);
        const k = Math.min(n, 200);
        const each = tf.unstack(x).flatMap((example) => valuesOf(W, example, k));
        expect(valuesOf(W, x, k)).toEqual(each);
      });
    },
  );

  it('lets equal rows of W tie, wherever they stand', () => {
    const size = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(size(9), size(70), size(9), fc.integer(), (n, d, b, seed) => {
        tf.tidy(() => {
          const W = tf.tile(tf.randomNormal([1, d], 0, 1, 'float32', seed), [n, 1]);
          const x = tf.randomNormal([b, d], 0, 1, 'float32', seed + 1);
          const { indices } = topkLinear(W, x, n);
          const inOrder = Array.from({ length: n }, (_, i) => i);
          expect(indices.arraySync()).toEqual(Array<number[]>(b).fill(inOrder));
        });
      }),
      { numRuns: 300, seed: 4 },
    );
  });
});
