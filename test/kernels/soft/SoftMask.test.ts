import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { runKernel } from '../../../src/kernels/runKernel.ts';
import { SoftMask } from '../../../src/kernels/soft/SoftMask.ts';
import { softMaskByOps } from '../../../src/kernels/soft/softMaskByOps.ts';
import { kinds, plainSoftTopk, type Kind } from '../../oracles/plainSoftTopk.ts';

/** Rows of an entry with repeats, some of which are infinite; k ≤ n / 2, of any size, as `softMask` asks for. */
const problem = fc
  .record({
    rows: fc.array(fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 12, maxLength: 12 }), {
      minLength: 1,
      maxLength: 4,
    }),
    size: fc.constantFrom(1e-30, 0.01, 1, 1e36),
    infinite: fc.constantFrom(0, 1, 2),
    k: fc.oneof(fc.integer({ min: 2, max: 6 }), fc.double({ min: 2, max: 6, noNaN: true })),
    scale: fc.constantFrom(1e-3, 0.1, 1, 30),
    kind: fc.constantFrom<Kind[]>(...kinds),
  })
  .map(({ rows, size, infinite, k, scale, kind }) => {
    const x = rows.map((row) => row.map((entry) => Math.fround(entry * size)));
    for (const row of x) {
      row.fill(-Infinity, 3, 3 + infinite);
      row.fill(Infinity, 8, 8 + infinite);
    }
    return { x, k, kind, τ: Math.fround(size * scale) };
  });

describe.each(['cpu', 'wasm'])('SoftMask on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it('is the same by a loop in double precision as by operations of tfjs, and by bisection', () => {
    fc.assert(
      fc.property(problem, ({ x, k, kind, τ }) => {
        tf.tidy(() => {
          const inputs = { x: tf.tensor2d(x), τ: tf.scalar(τ) };
          const [mask] = runKernel(SoftMask, inputs, { k, kind });
          expect(softMaskByOps({ inputs, attrs: { k, kind } })).toBeCloseToTensor(mask, 2e-6 * k);
          if (τ < 1e-4 || τ > 1e4) return; // the oracle does not scale
          const expected = x.map((row) => plainSoftTopk(row, k, τ, kind).mask);
          expect(mask).toBeCloseToTensor(expected, 1e-6);
        });
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it('is the same on both sides of the size up to which wasm runs the loop', () => {
    for (const n of [2048, 2049]) {
      const inputs = { x: tf.randomNormal([1, n], 0, 1, 'float32', 5), τ: tf.scalar(0.5) };
      for (const kind of kinds) {
        const attrs = { k: 32, kind };
        const [mask] = runKernel(SoftMask, inputs, attrs);
        expect(softMaskByOps({ inputs, attrs })).toBeCloseToTensor(mask, 1e-6);
      }
    }
  });

  it('finds θ where a small k leaves each share far below the rounding of float32', () => {
    const inputs = { x: tf.tensor2d([[3, 1, 2]]), τ: tf.scalar(1) };
    for (const k of [1e-3, 1e-12, 1e-37]) {
      for (const kind of kinds) {
        const [mask] = runKernel(SoftMask, inputs, { k, kind });
        expect(mask.sum().dataSync()[0]).toBeCloseToTensor(k, { relative: 1e-5 });
      }
    }
  });
});
