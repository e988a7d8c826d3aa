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
});
