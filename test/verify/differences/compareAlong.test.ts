import * as tf from '@tensorflow/tfjs';
import { checkedInput } from '../../../src/verify/differences/checkedInput.ts';
import { compareAlong, type Effort } from '../../../src/verify/differences/compareAlong.ts';
import type { Probe } from '../../../src/verify/differences/Probe.ts';
import { FINE_STEP, FIRST_STEP } from '../../../src/verify/differences/stepsWithin.ts';
import { generator } from '../../oracles/generator.ts';

interface Given extends Partial<Effort> {
  /** The second input, of which the first entry moves. */
  x?: number[];
  probe?: Probe;
  margin?: number;
  eps?: number;
  atol?: number;
  noise?: number;
  usesSteps?: boolean;
  /** The gradient at other points. */
  gradientAt?: (x: number) => number;
}

/** The comparison of a gradient with differences of f, and how far from the point f and the gradient were evaluated. */
const compare = (f: (...x: number[]) => number, gradient: number, given: Given = {}) => {
  const { x = [3], probe = { index: 0 }, margin = Infinity, eps, atol, noise = 1e-7 } = given;
  const { isExamined = true, isVerified = true, usesSteps = false } = given;
  const { gradientAt = () => gradient } = given;
  const input = checkedInput(tf.tensor1d(x), 1, margin);
  const [distances, gradientDistances]: number[][] = [[], []];
  const evaluate = (point: Float32Array) => {
    distances.push(Math.abs(point[0] - input.point[0]));
    return Float32Array.of(f(...point));
  };
  const output = {
    probe: { index: 0 },
    name: 'f',
    gradients: [Float32Array.of(NaN), new Float32Array(x.length).fill(gradient)],
    noise,
    gradientsAt: ([first, second]: (Float32Array | undefined)[]) => {
      if (first || !second) throw new Error('only the second input moves');
      gradientDistances.push(Math.abs(second[0] - input.point[0]));
      return [Float32Array.of(NaN), second.map(gradientAt)];
    },
  };
  const y = Float32Array.of(f(...input.point));
  const restriction = { y, evaluate, title: 'f', usesSteps };
  const settings = { order: 1, eps, atol, rtol: 1e-3, margins: [Infinity, margin] };
  const effort = { isExamined, isVerified };
  const entry = compareAlong(input, probe, restriction, settings)(output, effort);
  return {
    ...entry,
    evaluations: distances.length,
    furthest: Math.max(...distances),
    furthestGradient: Math.max(...gradientDistances),
  };
};
const square = (x: number) => x * x;

describe('compareAlong', () => {
  it('begins with a step that is relative to the entry, or eps, at most half of the margin', () => {
    expect(compare(square, 6).step).toBeCloseTo(3 * FIRST_STEP, 6);
    expect(compare(square, 6, { eps: 0.25 }).step).toBe(0.25);
    expect(compare(square, 6, { margin: 0.125 }).step).toBe(0.0625);
    expect(compare(square, 6, { margin: 0.125, eps: 0.25 }).step).toBe(0.0625);
    // Relative to the median of 0.01, 2 and 4, but down to what the entry itself allows.
    expect(compare((x) => x, 1, { x: [0.01, 2, 4] }).step).toBeCloseTo(2 * FIRST_STEP, 6);
    expect(() => compare(square, 6, { eps: 1e-7 })).toThrow(/^eps must be at least .* for inputs\[1\]\[0\]/); // prettier-ignore
  });

  it('takes larger steps where rounding blurs the slope, unless eps or atol is given', () => {
    const stepOf = (given: Given) => compare((x) => x, 1, { noise: 1e-3, ...given }).step;
    expect(stepOf({})).toBeCloseTo(16 * 3 * FIRST_STEP, 5);
    expect(stepOf({ margin: 1 })).toBeCloseTo(4 * 3 * FIRST_STEP, 5); // 0.49
    expect(stepOf({ eps: 0.125 })).toBe(0.125);
    expect(stepOf({ atol: 0.05 })).toBeCloseTo(3 * FIRST_STEP, 6);
  });

  it('sees what shows at a fine step only, relative to the entry', () => {
    const x = [Math.fround(0.01), 2, 4];
    // To 4e-6 on either side its slope is 2, and then 1: of a 16th of the first step, 0.005, that is less than 1e-3.
    const steeper = (y: number) => y + Math.min(Math.max(y - x[0], -4e-6), 4e-6);
    expect(FINE_STEP * x[0]).toBeCloseTo(2.6e-5, 6);
    const wrong = compare(steeper, 1, { x, noise: 1e-9, isExamined: false });
    expect(wrong.error).toBeGreaterThan(wrong.tolerance);
    const right = compare(steeper, 2, { x, noise: 1e-9, isExamined: false });
    expect(right.error).toBeLessThan(right.tolerance);
    expect(right.step).toBeLessThan(4e-6);
  });

  it('says how large the slopes are at the first step: the larger of both sides', () => {
    expect(compare(square, 6, { eps: 0.25 }).secant).toBeCloseTo(6.25, 5);
    expect(compare(square, -6, { eps: 0.25, x: [-3] }).secant).toBeCloseTo(6.25, 5);
    expect(compare((x) => -square(x), -6, { eps: 0.25 }).secant).toBeCloseTo(6.25, 5);
    expect(compare(square, 0, { eps: 0.25, x: [0] })).toMatchObject({ numeric: 0, secant: 0.25 });
    const flat = { eps: 0.25, isExamined: false };
    expect(compare((x) => Math.max(x - 3, 0), 0, flat).secant).toBe(1);
    expect(compare((x) => Math.max(3 - x, 0), 0, flat).secant).toBe(1);
  });

  it('refuses a function that is not finite near the point, or a step beyond float32', () => {
    const isolated = (x: number) => (x === 3 ? 9 : NaN);
    expect(() => compare(isolated, 6, { eps: 0.25 })).toThrow(
      /^f must be finite at a distance of 0.25 along inputs\[1\]\[0\], got NaN/,
    );
    const rule = 'must be within the range of float32 at a distance of';
    for (const x of [3e38, -3e38]) {
      const alone = () => compare(square, 6, { x: [x], eps: 1e38 });
      expect(alone).toThrow(`inputs[1][0] ${rule} Infinity as well, got Infinity`);
      const probe = { from: 0, weights: Float32Array.of(0.8, 0.6) };
      const together = () => compare(square, 6, { x: [x, 1], eps: 1e38, probe });
      const name = 'a random combination of inputs[1][0] … inputs[1][1]';
      expect(together).toThrow(`${name} ${rule} 1e+38 as well, got Infinity`);
    }
  });

  it('moves along a combination of entries', () => {
    const probe = { from: 0, weights: Float32Array.of(0.6, 0.8) };
    const found = compare((x) => 2 * x, 2, { x: [3, 4], probe, isExamined: false });
    // The gradient of 2 in both entries, of which f has only the first.
    expect(found.analytic).toBeCloseTo(2.8, 5);
    expect(found.numeric).toBeCloseTo(1.2, 5);
  });

  describe('at a kink', () => {
    const kinked = (x: number) => Math.abs(x - 3);

    it('gives the slopes of an entry that agrees, and of one that does not if it is to be examined', () => {
      expect(compare(kinked, 0).kink).toEqual([-1, 1]);
      expect(compare(kinked, 0.5).kink).toEqual([-1, 1]);
      expect(compare(kinked, 0, { isExamined: false }).kink).toEqual([-1, 1]);
      const plain = compare(kinked, 0.5, { isExamined: false });
      expect(plain).toMatchObject({ analytic: 0.5, numeric: 0, error: 0.5, kink: null });
    });

    it('measures rounding before only if it is to be verified', () => {
      for (const gradient of [0, 0.5]) {
        const [less, more] = [false, true].map(
          (isVerified) => compare(kinked, gradient, { isVerified }).evaluations,
        );
        expect(more).toBeGreaterThan(less + 30);
      }
    });

    it('gives those at points nearby, where other entries move as well', () => {
      const second = (...x: number[]) => x.sort((a, b) => b - a)[1];
      const found = compare(second, 1, { x: [3, 3, 3] });
      expect(found).toMatchObject({ numeric: 0, kink: [0, 1], isKinkNearby: true });
    });
  });

  describe('an entry of a smooth function that does not agree', () => {
    const line = (x: number) => 2 * x;
    /** It rises by 0.1 at distances of 0.025, 0.075 and so on: so far does a coarse f let one look. */
    const stairs = (x: number) => 2 + 0.1 * Math.floor((x - 3) * 20 + 0.5);

    it('fails', () => {
      const found = compare(line, 2.01);
      expect(found.error).toBeCloseTo(0.01, 4);
      expect(found.error).toBeGreaterThan(found.tolerance);
      expect(found.kink).toBeNull();
    });

    it('passes if its gradient is rounded as much: within twice a fine step', () => {
      const random = generator(5);
      const gradientAt = () => 2 + 0.01 * (random() - 0.5);
      const found = compare(line, 2.01, { gradientAt });
      expect(found.error).toBeLessThan(found.tolerance);
      expect(found.rounding / (0.01 / Math.sqrt(12))).toBeGreaterThan(0.5);
      expect(found.rounding / (0.01 / Math.sqrt(12))).toBeLessThan(2);
      // 16 points at a distance of 0.117 of the step from each other
      expect(found.furthestGradient).toBeCloseTo(16 * 0.11714 * 3 * FINE_STEP, 5);
      const { furthestGradient } = compare(line, 2.01, { eps: 2 ** -9 });
      expect(furthestGradient).toBeCloseTo(16 * 0.11714 * 2 ** -10, 5); // it took the second step
    });

    it('passes if its gradient is rounded to a grid, as f is', () => {
      const [fine, coarse] = [1e-7, 2e-5]; // 2⁻¹⁹ · 6 is 1.1e-5
      const [without, found] = [fine, coarse].map((noise) =>
        compare(line, 2.1, { gradientAt: stairs, noise, eps: 0.125 }),
      );
      expect(without.error).toBeGreaterThan(without.tolerance);
      expect(found.error).toBeLessThan(found.tolerance);
      expect(found.rounding).toBeCloseTo(0.1 / Math.sqrt(12), 2);
    });

    it('looks for such a grid within twice the first step, or the default one if that is smaller', () => {
      // The points of a series end between a third of the limit and the limit.
      const within = (limit: number, given: Given) => {
        const { furthestGradient } = compare(line, 2.1, { noise: 2e-5, ...given });
        expect(furthestGradient).toBeLessThan(limit);
        expect(furthestGradient).toBeGreaterThan(limit / 3);
      };
      within(2 * 3 * FIRST_STEP, { eps: 1 });
      within(2 * 3 * FIRST_STEP, { margin: 100 });
      within(2 * 0.0625, { eps: 0.0625 });
      within(2 * 0.3 * FIRST_STEP, { x: [0.3, 3, 3], noise: 1e-5 });
    });

    it('looks 200 times as far for a grid to which f is rounded', () => {
      const { furthest } = compare(() => 6, 2);
      expect(furthest).toBeLessThan(400 * 3 * FIRST_STEP);
      expect(furthest).toBeGreaterThan((400 * 3 * FIRST_STEP) / 3);
    });
  });

  describe('of a function that uses steps', () => {
    const usesSteps = true;

    it('has a slope of exactly 0 where f is constant between jumps', () => {
      const flat = { analytic: 1, numeric: 0, error: 1, tolerance: 0, isFlat: true };
      expect(compare(Math.round, 1, { x: [3.25], usesSteps })).toMatchObject(flat);
      expect(compare(Math.round, 1, { x: [3.25] }).isFlat).toBe(false);
    });

    it('jumps where the values on both sides differ, also if that at the point is between them', () => {
      expect(compare(Math.floor, 1, { usesSteps }).jump).toEqual([2, 3]);
      expect(compare(Math.sign, 1, { x: [0], usesSteps }).jump).toEqual([-1, 1]);
    });

    it('is compared between the jumps, of which none counts as rounding', () => {
      const x = [Math.fround(3.01)];
      const modulo = (x: number) => x % 1;
      for (const isExamined of [false, true]) {
        const right = compare(modulo, 1, { x, usesSteps, isExamined });
        expect(right.error).toBeLessThan(right.tolerance);
        expect(right.step).toBeLessThan(0.01);
        expect(right).toMatchObject({ kink: null, jump: null });
        const wrong = compare(modulo, 1.1, { x, usesSteps, isExamined });
        expect(wrong.error).toBeGreaterThan(wrong.tolerance);
        expect(wrong.step).toBeLessThan(0.01);
      }
    });

    it('has the kinks between the jumps, which hide none of them', () => {
      const x = Array<number>(3).fill(Math.fround(3.01));
      const kinked = (y: number) => Math.abs((y % 1) - (x[0] % 1));
      expect(compare(kinked, 0, { x, usesSteps }).kink).toEqual([-1, 1]);
      // Along the entry itself this has the slope 1, and the second of three equal values the slope 0.
      const second = (...y: number[]) => (y[0] % 1) + y.map((y) => y % 1).sort()[1];
      const found = compare(second, 2, { x, usesSteps });
      expect(found.kink).toBeCloseToTensor([1, 2], 1e-3);
      expect(found.isKinkNearby).toBe(true);
    });

    it('takes all steps, and larger ones, where no jump is within them', () => {
      const x = [3];
      const further = (x: number) => x + Math.floor(x / 100);
      expect(compare(further, 1, { x, usesSteps }).step).toBeCloseTo(3 * FIRST_STEP, 6);
      const blurred = compare(further, 1, { x, usesSteps, noise: 1e-3 });
      expect(blurred.step).toBeCloseTo(16 * 3 * FIRST_STEP, 5);
      const wrong = compare(further, 1.1, { x, usesSteps, noise: 1e-7, isExamined: false });
      expect(wrong.step).toBeCloseTo((3 * FIRST_STEP) / 2, 6);
    });
  });
});
