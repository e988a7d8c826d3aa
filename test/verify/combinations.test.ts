import '@tensorflow/tfjs';
import { combinations } from '../../src/verify/combinations.ts';
import { combine } from '../../src/verify/combine.ts';

describe('combinations', () => {
  it('are the entries themselves, up to a limit', () => {
    expect(combinations(0, 3)).toEqual([]);
    expect(combinations(3, 3)).toEqual([{ at: 0 }, { at: 1 }, { at: 2 }]);
    expect(combinations(2, 3).map((c) => combine(c, [5, 7]))).toEqual([5, 7]);
  });

  it('are random above it, of norm 1, different from one another, and the same each time', () => {
    const random = combinations(40, 39, 3);
    const weights = random.map((c) => ('weights' in c ? Array.from(c.weights) : []));
    expect(weights.map((w) => w.length)).toEqual([40, 40, 40]);
    weights.forEach((w, i) => {
      expect(combine(random[i], w)).toBeCloseTo(1, 6);
      expect(new Set(w).size).toBe(40);
    });
    expect(weights[0]).not.toEqual(weights[1]);
    expect(combinations(40, 39, 3)).toEqual(random);
    expect(combinations(40, 39)).toHaveLength(16);
  });
});
