import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import {
  acrossKinks,
  type Change,
  type DirectionAcross,
} from '../../../src/verify/differences/acrossKinks.ts';
import { checkedInput } from '../../../src/verify/differences/checkedInput.ts';
import { notSubgradient } from '../../../src/verify/differences/notSubgradient.ts';

/** What is found of a gradient at a point at which f has kinks in all entries. */
const outside = (f: (x: number[]) => number, x: number[], gradient: number[], noise = 1e-7) => {
  const entries = Array.from(x.keys());
  const evaluate = (x: Float32Array) => Float32Array.of(f(Array.from(x)));
  const y = evaluate(Float32Array.from(x));
  const directions = acrossKinks(checkedInput(tf.tensor1d(x), 0, Infinity), entries, evaluate, y);
  const output = { probe: { index: 0 }, name: 'f', gradients: [], noise, gradientsAt: () => [] };
  return notSubgradient(directions, entries, output, Float32Array.from(gradient));
};
const max = (x: number[]) => Math.max(...x);

describe('notSubgradient', () => {
  it('is null for shares of a maximum, or a minimum, that add up to 1, and no others', () => {
    const shares = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(shares, fc.boolean(), (shares, isMinimum) => {
        const sum = shares.reduce((a, b) => a + b, 0);
        const f = isMinimum ? (x: number[]) => Math.min(...x) : max;
        const x = shares.map(() => 3);
        fc.pre(sum > 0 && Math.abs(sum - 10) > 0.5);
        expect(
          outside(
            f,
            x,
            shares.map((share) => share / sum),
          ),
        ).toBeNull();
        const found = outside(
          f,
          x,
          shares.map((share) => share / 10),
        );
        expect(found?.error).toBeGreaterThan(found?.tolerance ?? Infinity);
      }),
    );
  });

  it('is a direction with the slopes of f, and what the gradient promises', () => {
    const found = outside(max, [3, 3], [0.75, 0.5]);
    expect(found?.title).toBe('its 2 entries at a kink together');
    expect(found?.analytic).toBe(1.25);
    expect(found?.slopes).toBeCloseToTensor([1, 1], 1e-4);
    expect(found?.error).toBeCloseTo(0.25, 4);
    expect(found?.step).toBeCloseTo((3 * 2 ** (-23 / 5)) / 32, 6);
    expect(found?.rounding).toBeCloseTo((Math.sqrt(8) * 1e-7) / (found?.step ?? NaN), 9);
    expect(found?.tolerance).toBeCloseTo(8 * (found?.rounding ?? NaN) + 0.0125, 5);
  });

  it('also where the gradient promises too little, or the opposite', () => {
    expect(outside(max, [3, 3], [0.25, 0.5])?.analytic).toBe(0.75);
    expect(outside((x) => -max(x), [3, 3], [1, 0])?.slopes[0]).toBeCloseTo(-1, 3);
  });

  it('sees curvature beside the kink for what it is', () => {
    const curved = (x: number[]) => max(x) + 5 * (x[0] - 3) ** 2 - 6 * (x[1] - 3) ** 2;
    expect(outside(curved, [3, 3], [0.25, 0.75])).toBeNull();
    expect(outside(curved, [3, 3], [0.75, 0.75])).not.toBeNull();
  });

  it('is null where f is not regular, unless the gradient is far outside', () => {
    const saddle = ([a, b]: number[]) => Math.abs(a - 3) - Math.abs(b - 3);
    for (const gradient of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [0, 0],
    ]) {
      expect(outside(saddle, [3, 3], gradient)).toBeNull();
    }
    expect(outside(saddle, [3, 3], [7, 7])).not.toBeNull();
  });

  describe('of directions as they are given', () => {
    const change = (slope: number, length: number): Change => {
      return {
        length,
        from: Float32Array.of(0),
        to: Float32Array.of(slope * length),
        moved: [length],
      };
    };
    const along = (title: string, [below, above]: number[], nearby: number[]): DirectionAcross => ({
      title,
      weights: [1],
      step: 1,
      sides: [change(below, -1), change(above, 1)],
      nearby: nearby.map((slope) => change(slope, 0.5)),
    });
    const worst = (analytic: number, ...directions: DirectionAcross[]) => {
      const output = {
        probe: { index: 0 },
        name: 'f',
        gradients: [],
        noise: 0,
        gradientsAt: () => [],
      };
      return notSubgradient(directions, [0], output, Float32Array.of(analytic))?.title;
    };

    it('allows for slopes nearby that exceed both one-sided slopes, or are below both', () => {
      const smooth = along('smooth', [0, 0], [0, 0]);
      expect(worst(0.5, smooth)).toBe('smooth');
      const [up, down] = [along('up', [0, 0], [0, 1]), along('down', [0, 0], [-1, 0])];
      expect([0.5, 1.5, 2.5].map((slope) => worst(slope, up))).toEqual([
        undefined,
        undefined,
        'up',
      ]);
      expect([0.5, 1.5, 2.5].map((slope) => worst(-slope, down))).toEqual([
        undefined,
        undefined,
        'down',
      ]);
    });

    it('allows for them in all directions if they occur in one', () => {
      const [kink, beyond] = [along('kink', [0, 1], [0, 1]), along('beyond', [0, 0], [0, 2])];
      expect(worst(1.5, kink)).toBe('kink');
      expect(worst(1.5, kink, beyond)).toBeUndefined();
    });

    it('is the one furthest outside, beside the tolerance', () => {
      const [far, close] = [along('far', [0, 0], [0]), along('close', [0.4, 0.4], [0.4])];
      expect(worst(0.5, close)).toBe('close');
      expect([worst(0.5, far, close), worst(0.5, close, far)]).toEqual(['far', 'far']);
      expect(worst(0.5, { ...far, title: 'first' }, far)).toBe('first');
    });

    it('is null where all slopes are 0, and so is the tolerance', () => {
      expect(worst(0, along('smooth', [0, 0], [0, 0]))).toBeUndefined();
    });
  });

  it('is null where rounding hides the difference', () => {
    expect(outside(max, [3, 3], [1, 1], 1e-5)).not.toBeNull();
    expect(outside(max, [3, 3], [1, 1], 1e-3)).toBeNull();
  });

  it('is the same for −f and the opposite gradient', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    const slope = fc.constantFrom(-2, -1, 1, 2, 3);
    let found = 0;
    fc.assert(
      fc.property(fc.tuple(slope, slope), fc.tuple(number, number), ([a, b], gradient) => {
        const f = ([x, y]: number[]) => Math.max(a * (x - 3), b * (y - 3));
        const opposite = gradient.map((entry) => -entry);
        const [one, other] = [
          outside(f, [3, 3], gradient),
          outside((x) => -f(x), [3, 3], opposite),
        ];
        expect(other?.error).toEqual(one?.error);
        if (one) found++;
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('is null for a right gradient where an entry is so large that it does not move', () => {
    const kinked = ([a, b]: number[]) => Math.abs(a - Math.fround(1e-3)) + Math.abs(b - 1000);
    expect(outside(kinked, [1e-3, 1000], [1, 1], 1e-12)).toBeNull();
    expect(outside(kinked, [1e-3, 1000], [0.5, -1], 1e-12)).toBeNull();
    expect(outside(kinked, [1e-3, 1000], [9, 1], 1e-12)).not.toBeNull();
  });

  it('is null where f is not finite nearby', () => {
    expect(outside((x) => Math.log(max(x) - 3 + 1e-5), [3, 3], [7, 7])).toBeNull();
  });
});
