import fc from 'fast-check';
import { stepsBetweenJumps } from '../../../src/verify/differences/stepsBetweenJumps.ts';

const steps = Array.from({ length: 20 }, (_, halvings) => 100 / 2 ** halvings);
const firstOf = (valueAt: (t: number) => number) => stepsBetweenJumps(valueAt, steps).steps[0];

describe('stepsBetweenJumps', () => {
  it('ends short of the nearest jump, and not much shorter, however many are further away', () => {
    const phase = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    const height = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(phase, height, (phase, height) => {
        const sawtooth = (t: number) => t - height * Math.floor(t + phase);
        const distance = Math.min(phase, 1 - phase);
        const first = firstOf(sawtooth);
        expect(first).toBeLessThan(distance);
        expect(first).toBeGreaterThan(distance / 4);
      }),
    );
  });

  it('has all steps of a function without jumps, with the rounding error of its values', () => {
    for (const f of [Math.sin, (t: number) => t * t, () => 3]) {
      expect(stepsBetweenJumps((t) => f(t / 100), steps).steps).toEqual(steps);
    }
    expect(stepsBetweenJumps(() => 3, steps).noise).toBe(3 * 2 ** -24);
  });

  it('has the steps of a smooth function that is rounded to float32', () => {
    const { steps: found, noise } = stepsBetweenJumps((t) => Math.fround(1 + t / 1000), steps);
    expect(found).toEqual(steps);
    expect(noise / 2 ** -24).toBeLessThan(2);
  });

  it('has the noise of a function that is noisier than its rounding, and at least that', () => {
    let state = 1;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
    const noisy = (size: number) => () => 1 + size * Math.sqrt(12) * random();
    for (const size of [1e-3, 1e-5]) {
      const { steps: found, noise } = stepsBetweenJumps(noisy(size), steps);
      expect(found).toEqual(steps);
      expect(noise / size).toBeGreaterThan(0.7);
      expect(noise / size).toBeLessThan(2);
    }
    expect(stepsBetweenJumps(noisy(1e-12), steps).noise * 2 ** 24).toBeCloseTo(1, 3);
  });

  it('has at least the rounding of the largest value, at whichever end that is', () => {
    for (const sign of [-1, 1]) {
      const { noise } = stepsBetweenJumps((t) => 3 + (sign * t) / 100, steps);
      expect(noise * 2 ** 24).toBeCloseTo(4, 6);
    }
  });

  it('does not count a kink at the point as noise', () => {
    const { steps: found, noise } = stepsBetweenJumps((t) => Math.abs(t) / 100, steps);
    expect(found).toEqual(steps);
    expect(noise * 2 ** 24).toBeCloseTo(1, 6); // the rounding of f(±100)
  });

  it('takes what there is at the fifth smallest step for rounding', () => {
    const withJump = (place: number) => firstOf((t) => Number(t > place));
    expect(withJump(0.9 * steps[15])).toBe(steps[0]);
    expect(withJump(1.3 * steps[15])).toBe(steps[15]);
  });

  it('looks at every fourth step, from the first to the fifth smallest, if there are no jumps', () => {
    const at = new Set<number>();
    stepsBetweenJumps((t) => {
      at.add(t);
      return Math.cos(t / 100);
    }, steps);
    expect(steps.filter((h) => at.has(h))).toEqual([0, 4, 8, 12, 15].map((i) => steps[i]));
  });

  it('has all steps of a function that is nowhere finite, and evaluates it at numbers only', () => {
    const at: number[] = [];
    const infinite = (t: number) => {
      at.push(t);
      return Infinity;
    };
    expect(stepsBetweenJumps(infinite, [2, 1])).toEqual({ steps: [2, 1], noise: Infinity });
    expect(at.filter(Number.isNaN)).toEqual([]);
  });
});

describe('the noise of stepsBetweenJumps', () => {
  const UNIT = 2 ** -24;
  /** Alternates by ±1 from point to point of noiseAlong, whose spacing is 0.11714 times 0.55 times the step. */
  const waveAt = (h: number) => (t: number) => Math.cos((Math.PI * t) / (0.11714 * 0.55 * h));
  // The 4th differences of ±1 in turn are ±2⁴, of variance 8! / 4!² = 70; of 0, −1, 0, 1 they are 4 times these.
  const [alternating, halfAsFast] = [2 ** 4 / Math.sqrt(70), (4 * Math.SQRT1_2) / Math.sqrt(70)];

  it('is that within all steps, the largest if there is more in this', () => {
    const wave = waveAt(steps[0]);
    const { steps: found, noise } = stepsBetweenJumps((t) => 1 + UNIT * wave(t), steps);
    expect(found).toEqual(steps);
    expect(noise / UNIT).toBeCloseTo(alternating, 5);
  });

  it('leaves out the first step if it is more than eight times the rounding only there', () => {
    const wave = waveAt(steps[0]);
    const { steps: found, noise } = stepsBetweenJumps((t) => 1 + 5 * UNIT * wave(t), steps);
    expect(found).toEqual(steps.slice(1));
    expect(noise / UNIT).toBeCloseTo(5 * halfAsFast, 5);
  });

  it('is that close to the point, if there is a jump beyond', () => {
    const wave = waveAt(steps[15]);
    const f = (t: number) => 1 + 3 * UNIT * wave(t) + Number(t > 1.3 * steps[15]);
    const { steps: found, noise } = stepsBetweenJumps(f, steps);
    expect(found).toEqual(steps.slice(15));
    expect(noise / UNIT).toBeCloseTo(3 * alternating, 5);
  });
});
