import * as fc from 'fast-check';
import { certify } from '../../../experiments/exact/certify.ts';
import { Fraction } from '../../../experiments/exact/Fraction.ts';
import { add, dot, loss, multiply, normSquared, problems, scale, selected, typed } from './plain.ts'; // prettier-ignore

const RUNS = { numRuns: 500, seed: 1 };
const ascending = (rows: number[]) => [...rows].sort((i, j) => i - j);

/** Problems with a positive, finite margin and a finite radius. */
const withRadius = problems.filter(({ W, x, k }) => {
  const { margin, radiusSquared } = certify(typed({ W, x, k }));
  return margin !== null && margin.n > 0n && radiusSquared !== null;
});

describe('identity (iii)', () => {
  it('holds exactly for any step shorter than the radius', () => {
    fc.assert(
      fc.property(withRadius, ({ W, x, k, D }) => {
        const { selected: S, radiusSquared } = certify(typed({ W, x, k }));
        let c = new Fraction(1);
        while (
          normSquared(D)
            .mul(c.pow(2))
            .gte(radiusSquared ?? 0)
        )
          c = c.mul(9, 10);
        const moved = W.map((row, i) => add(row, scale(c, D[i])));

        const [y, u] = [multiply(W, x), scale(c, multiply(D, x))];
        const slopes = S.map((i) => y[i].mul(2));
        const uOnS = S.map((i) => u[i]);
        const expected = loss(y, k).add(dot(slopes, uOnS)).add(dot(uOnS, uOnS));
        expect(loss(multiply(moved, x), k).equals(expected)).toBe(true);
      }),
      RUNS,
    );
  });

  it('has a tight radius: the worst step of 0.999 radii keeps the selection, 1.001 does not', () => {
    fc.assert(
      fc.property(withRadius, ({ W, x, k }) => {
        const { selected: S, margin, radiusSquared } = certify(typed({ W, x, k }));
        const y = multiply(W, x);
        const rest = Array.from(y.keys()).filter((i) => !S.includes(i));
        const i = S[S.length - 1];
        const j = rest.reduce((best, row) => (y[row].gt(y[best]) ? row : best));
        const at = (share: string) => {
          const t = new Fraction(share).mul(margin ?? 0).div(dot(x, x).mul(2));
          const sign = W.map((_, row) => new Fraction(row === i ? -1 : row === j ? 1 : 0));
          const step = sign.map((s) => scale(t.mul(s), x));
          const squared = new Fraction(share).pow(2).mul(radiusSquared ?? 0);
          expect(normSquared(step).equals(squared)).toBe(true);
          const moved = W.map((row, r) => add(row, step[r]));
          return selected(multiply(moved, x), k);
        };
        expect(at('0.999')).toEqual(ascending(S));
        expect(at('1.001')).not.toEqual(ascending(S));
      }),
      RUNS,
    );
  });

  it('is checked by five steps inside and one beyond', () => {
    fc.assert(
      fc.property(withRadius, ({ W, x, k }) => {
        const { steps, radiusSquared } = certify(typed({ W, x, k }));
        const found = steps.map(({ direction, share, sameSelection }) =>
          [direction, share, sameSelection].join(' '),
        );
        expect(found).toEqual([
          'worst 0.999 true',
          'opposite 0.999 true',
          'random 0.999 true',
          'random 0.999 true',
          'random 0.999 true',
          'worst 1.001 false',
        ]);
        expect(steps.slice(0, 5).every(({ holds }) => holds)).toBe(true);
        for (const { share, normSquared } of steps) {
          const target = new Fraction(share ?? NaN).pow(2).mul(radiusSquared ?? NaN);
          expect(normSquared.lte(target)).toBe(true);
          expect(normSquared.gt(target.mul('0.999999999'))).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('needs no radius where the selection cannot change, and says nothing where it is 0', () => {
    const check = (W: number[][], x: number[], k: number) => certify({ W, x, k }).steps;
    const anywhere = { direction: 'random', share: null, sameSelection: true, holds: true };
    for (const steps of [
      check([[1], [2]], [1], 0),
      check([[1], [2]], [1], 2),
      check([[1], [2]], [0], 1),
    ]) {
      expect(steps).toMatchObject([anywhere, anywhere, anywhere]);
    }
    expect(check([[1], [1]], [1], 1)).toEqual([]);
  });
});
