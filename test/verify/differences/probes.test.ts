import '@tensorflow/tfjs';
import { probes } from '../../../src/verify/differences/probes.ts';
import { combine } from '../../../src/verify/differences/combine.ts';

describe('combinations', () => {
  it('are the entries themselves, up to a limit, or to as many as there would be blocks', () => {
    const alone = [{ at: 0 }, { at: 1 }, { at: 2 }];
    expect(probes(0, 3, 2, 1)).toEqual([]);
    expect(probes(3, 3, 2, 1)).toEqual(alone);
    expect(probes(3, 0, 3, 1)).toEqual(alone);
    expect(probes(2, 3, 2, 1).map((c) => combine(c, [5, 7]))).toEqual([5, 7]);
  });

  it('are random above it, of norm 1, each of its own neighbours, and all of them together', () => {
    const blocks = probes(40, 39, 3, 5);
    const parts = blocks.map((c) => ('from' in c ? [c.from, c.from + c.weights.length] : []));
    expect(parts).toEqual([
      [0, 13],
      [13, 26],
      [26, 40],
    ]);
    for (const block of blocks) {
      const { from, weights } = 'from' in block ? block : { from: 0, weights: new Float32Array() };
      const padded = Float32Array.from({ length: 40 }, (_, i) => weights[i - from]);
      expect(combine(block, padded)).toBeCloseTo(1, 6); // ‖c‖²
      expect(new Set(weights).size).toBe(weights.length);
    }
  });

  it('are the same each time for one seed, and others for another', () => {
    expect(probes(40, 3, 3, 5)).toEqual(probes(40, 3, 3, 5));
    expect(probes(40, 3, 3, 6)).not.toEqual(probes(40, 3, 3, 5));
  });
});
