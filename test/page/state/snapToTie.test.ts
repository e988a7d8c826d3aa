import fc from 'fast-check';
import { certify } from '../../../experiments/exact/certify.ts';
import { PRESETS } from '../../../page/state/presets.ts';
import { snapToTie } from '../../../page/state/snapToTie.ts';
import { solvePair } from '../../../page/state/solvePair.ts';
import { problems } from '../generator.ts';

describe('snapToTie(problem)', () => {
  it('makes the margin 0, exactly, by moving the row of the (k+1)-th entry alone', () => {
    const withCut = problems(6).filter(({ W, k }) => k > 0 && k < W.length);
    fc.assert(
      fc.property(withCut, (problem) => {
        const snapped = snapToTie(problem);
        const { margin, threshold } = certify(snapped);
        const before = certify(problem);
        expect(margin?.n).toBe(0n);
        expect(threshold).toEqual(before.threshold);
        const moved = snapped.W.filter((row, i) => String(row) !== String(problem.W[i]));
        expect(moved).toHaveLength(before.margin?.n === 0n ? 0 : 1);
      }),
      { numRuns: 200 },
    );
  });

  it('needs no more than six decimals, also for numbers that were snapped before', () => {
    const once = snapToTie(PRESETS[0].problem);
    const twice = snapToTie({ ...once, k: 2 });
    expect(certify(twice).margin?.n).toBe(0n);
    const longest = Math.max(...twice.W.flat().map((text) => text.split('.')[1]?.length ?? 0));
    expect(longest).toBeLessThanOrEqual(6);
  });

  it('moves the row of the thread’s numbers by no more than 1.01 times what it must', () => {
    const { W, x } = PRESETS[0].problem;
    const norm = (v: number[]) => Math.hypot(...v);
    const moved = snapToTie(PRESETS[0].problem).W[1].map((w, j) => Number(w) - Number(W[1][j]));
    expect(norm(moved)).toBeLessThan((1.01 * 0.2708908) / norm(x.map(Number)));
  });
});

describe('solvePair(a, rest)', () => {
  it('solves Σ eᵢaᵢ = rest wherever the gcd of two entries divides rest', () => {
    const integer = fc.bigInt({ min: -999n, max: 999n });
    fc.assert(
      fc.property(
        fc.array(integer, { minLength: 1, maxLength: 4 }),
        integer,
        integer,
        (a, s, t) => {
          const rest = s * a[0] + t * a[a.length - 1];
          const e = solvePair(a, rest) ?? new Map<number, bigint>();
          let sum = 0n;
          for (const [i, entry] of e) sum += entry * a[i];
          expect(sum).toBe(rest);
        },
      ),
    );
  });

  it('says where there is no solution', () => {
    expect(solvePair([4n, 6n], 3n)).toBeUndefined();
    expect(solvePair([0n], 1n)).toBeUndefined();
  });
});
