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
});
