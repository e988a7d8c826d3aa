import fc from 'fast-check';
import { areIndependent } from '../../../src/verify/subdifferential/areIndependent.ts';

const at = (offset: number) => (entries: number[]) => ({
  offset,
  entries: Float64Array.from(entries),
});

describe('areIndependent', () => {
  it('is whether a determinant is not 0, at any scale', () => {
    const entry = fc.integer({ min: -3, max: 3 });
    const three = fc.array(entry, { minLength: 9, maxLength: 9 });
    let dependent = 0;
    fc.assert(
      fc.property(three, fc.constantFrom(1e-30, 1, 1e30), ([a, b, c, d, e, f, g, h, i], scale) => {
        const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
        const rows = [[a, b, c], [d, e, f], [g, h, i].map((entry) => scale * entry)];
        expect(areIndependent(rows.map(at(6)))).toBe(determinant !== 0);
        if (determinant === 0) dependent++;
      }),
      { numRuns: 400, seed: 1 },
    );
    expect(dependent).toBeGreaterThan(5);
  });

  it('needs that of the vectors with one offset only', () => {
    const vectors = [at(0)([1, 2]), at(2)([1, 2]), at(4)([2, 4]), at(4)([1, 0])];
    expect(areIndependent(vectors)).toBe(true);
    expect(areIndependent([...vectors, at(2)([2, 4])])).toBe(false);
    expect(areIndependent([])).toBe(true);
  });

  it('is false for more vectors than entries, for 0, and for what rounding could have made', () => {
    expect(areIndependent([[1], [2]].map(at(0)))).toBe(false);
    expect(areIndependent([at(0)([0, 0])])).toBe(false);
    expect(
      areIndependent(
        [
          [1, 1],
          [1, 1 + 1e-9],
        ].map(at(0)),
      ),
    ).toBe(false);
  });
});
