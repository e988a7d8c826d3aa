import * as fc from 'fast-check';
import { Fraction } from '../../../experiments/exact/Fraction.ts';
import { squareRootBelow } from '../../../experiments/exact/squareRootBelow.ts';

describe('squareRootBelow', () => {
  it('is exact for squares of short decimals', () => {
    for (const text of ['0', '1', '3', '12', '0.999', '0.00007', '31622776.6']) {
      const root = new Fraction(text);
      expect(squareRootBelow(root.mul(root), 12).equals(root)).toBe(true);
    }
  });

  it('is below the root by less than 10⁻ᵖ of it', () => {
    const positive = fc.bigInt({ min: 1n, max: 10n ** 60n });
    fc.assert(
      fc.property(positive, positive, fc.integer({ min: 1, max: 15 }), (n, d, digits) => {
        const q = new Fraction(n, d);
        const root = squareRootBelow(q, digits);
        const next = root.mul(new Fraction(1).add(new Fraction(10).pow(-digits)));
        expect(root.mul(root).lte(q)).toBe(true);
        expect(next.mul(next).gt(q)).toBe(true);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});
