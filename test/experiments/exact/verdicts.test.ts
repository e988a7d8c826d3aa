import * as fc from 'fast-check';
import { certify } from '../../../experiments/exact/certify.ts';
import { Fraction } from '../../../experiments/exact/Fraction.ts';
import { dot, multiply, problems, scale, slope, typed, type Vector } from './plain.ts';

const RUNS = { numRuns: 500, seed: 1 };
const [ZERO, ONE] = [new Fraction(0), new Fraction(1)];

/** Is the slope of the loss along u the opposite of that along −u? */
const isStraight = (y: Vector, u: Vector, k: number) =>
  slope(y, u, k)
    .add(slope(y, scale(ONE.neg(), u), k))
    .equals(0);

describe('verdicts', () => {
  it('in W agree with one-sided slopes of the loss along every entry of W', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(problems, ({ W, x, k }) => {
        const y = multiply(W, x);
        const alongEntry = W.flatMap((_, i) =>
          x.map((entry) => W.map((_, row) => (row === i ? entry : ZERO))),
        );
        const { differentiable } = certify(typed({ W, x, k })).inW;
        expect(differentiable).toBe(alongEntry.every((u) => isStraight(y, u, k)));
        seen.add(differentiable);
      }),
      RUNS,
    );
    expect(seen.size).toBe(2);
  });

  it('in x agree with one-sided slopes of the loss along every entry of x', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(problems, ({ W, x, k }) => {
        const y = multiply(W, x);
        const alongEntry = x.map((_, j) => W.map((row) => row[j]));
        const { inW, inX } = certify(typed({ W, x, k }));
        expect(inX.differentiable).toBe(alongEntry.every((u) => isStraight(y, u, k)));
        seen.add(`${String(inW.differentiable)} ${String(inX.differentiable)}`);
      }),
      RUNS,
    );
    expect([...seen].sort()).toEqual(['false false', 'false true', 'true true']);
  });

  it('where they say so, the slopes in random directions are those of the gradient', () => {
    fc.assert(
      fc.property(problems, ({ W, x, k, D }) => {
        const y = multiply(W, x);
        const { selected, inW, inX } = certify(typed({ W, x, k }));
        const gradient = (u: Vector) =>
          dot(
            selected.map((i) => y[i].mul(2)),
            selected.map((i) => u[i]),
          );
        const inWAlong = multiply(D, x);
        if (inW.differentiable) {
          expect(slope(y, inWAlong, k).equals(gradient(inWAlong))).toBe(true);
        }
        const inXAlong = multiply(W, D[0]);
        if (inX.differentiable) {
          expect(slope(y, inXAlong, k).equals(gradient(inXAlong))).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('do not depend on the order of the rows, or on a power of two in front of W', () => {
    fc.assert(
      fc.property(
        problems.chain((problem) =>
          fc.record({
            problem: fc.constant(problem),
            order: fc.shuffledSubarray(Array.from(problem.W.keys()), {
              minLength: problem.W.length,
            }),
            factor: fc.integer({ min: -40, max: 40 }).map((p) => new Fraction(2).pow(p)),
          }),
        ),
        ({ problem: { W, x, k }, order, factor }) => {
          const original = certify(typed({ W, x, k }));
          const permuted = certify(typed({ W: order.map((i) => W[i]), x, k }));
          const ascending = (rows: number[]) => rows.map((i) => order[i]).sort((i, j) => i - j);
          expect(ascending(permuted.above)).toEqual(original.above);
          expect(ascending(permuted.tied)).toEqual(original.tied);
          if (original.margin === null || original.margin.n > 0n) {
            expect(ascending(permuted.selected)).toEqual(
              [...original.selected].sort((i, j) => i - j),
            );
          }

          const scaled = certify(typed({ W: W.map((row) => scale(factor, row)), x, k }));
          const { selected, above, tied, remaining } = original;
          expect(scaled).toMatchObject({ selected, above, tied, remaining });
          expect(scaled.margin?.toFraction()).toBe(original.margin?.mul(factor).toFraction());
          for (const { inW, inX } of [permuted, scaled]) {
            expect(inW.differentiable).toBe(original.inW.differentiable);
            expect(inX.differentiable).toBe(original.inX.differentiable);
          }
        },
      ),
      { ...RUNS, numRuns: 200 },
    );
  });

  it.each([
    ['k is 0, so the loss is 0', [[1], [1]], 0],
    ['k is n, so all rows are selected and the loss is ‖Wx‖²', [[1], [1]], 2],
    ['the margin is positive, 1, so the same rows are selected nearby', [[2], [1]], 1],
    [
      'rows 1 and 2 tie at 0, where the square has slope 0, so it does not matter which is selected',
      [[1], [0], [0]],
      2,
    ],
    ['rows 0 and 1 tie at 1, and only 1 of them is selected', [[1], [1]], 1],
    ['rows 0, 1 and 2 tie at 1, and only 2 of them are selected', [[1], [1], [1]], 2],
  ])('in W give the reason: %s', (reason, W, k) => {
    expect(certify({ W, x: [1], k }).inW.reason).toBe(reason);
  });

  it('give their own reasons in x', () => {
    const tie = 'rows 0 and 1 tie at 2, ';
    const inX = (W: number[][], x: number[]) => certify({ W, x, k: 1 }).inX.reason;
    const [equal, apart] = [[[1, 1], [1, 1]], [[1, 1], [2, 0]]]; // prettier-ignore
    expect(inX(equal, [1, 1])).toBe(
      `${tie}but these rows of W are equal, so it does not matter which is selected`,
    );
    expect(inX(apart, [1, 1])).toBe(
      `${tie}only 1 of them is selected, and these rows of W are not all equal`,
    );
    expect(certify({ W: apart, x: [0, 0], k: 1 }).inW.reason).toBe(
      'x is 0, so the loss is 0 for every W',
    );
    expect(
      certify({
        W: [
          [0, 1],
          [0, 2],
        ],
        x: [1, 0],
        k: 1,
      }).inW.reason,
    ).toMatch(/^rows 0 and 1 tie at 0/);
    expect(inX(apart, [0, 0])).toBe(
      'rows 0 and 1 tie at 0, where the square has slope 0, so it does not matter which is selected',
    );
  });
});
