import '@tensorflow/tfjs';
import { dot, toVector } from '../../../src/verify/differences/Probe.ts';
import { probes } from '../../../src/verify/differences/probes.ts';

describe('probes', () => {
  it('are the single entries, if there are no more than the limit or than blocks', () => {
    const alone = [{ index: 0 }, { index: 1 }, { index: 2 }];
    expect(probes(0, 3, 2, 1)).toEqual([]);
    expect(probes(3, 3, 2, 1)).toEqual(alone);
    expect(probes(3, 0, 3, 1)).toEqual(alone);
    expect(probes(2, 3, 2, 1).map((c) => dot(c, [5, 7]))).toEqual([5, 7]);
  });

  it('otherwise are random combinations of norm 1, of neighbours, which together cover every entry', () => {
    const blocks = probes(40, 39, 3, 5);
    const parts = blocks.map((c) => ('from' in c ? [c.from, c.from + c.weights.length] : []));
    expect(parts).toEqual([
      [0, 13],
      [13, 26],
      [26, 40],
    ]);
    for (const block of blocks) {
      const weights = 'from' in block ? block.weights : [];
      expect(dot(block, toVector(block, 40))).toBeCloseTo(1, 6); // ‖p‖²
      expect(new Set(weights).size).toBe(weights.length);
    }
  });

  it('depend on the seed only', () => {
    expect(probes(40, 3, 3, 5)).toEqual(probes(40, 3, 3, 5));
    expect(probes(40, 3, 3, 6)).not.toEqual(probes(40, 3, 3, 5));
  });
});
