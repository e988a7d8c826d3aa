import { centralDifference } from '../../../src/verify/differences/centralDifference.ts';
import { moveAlong, type Probe } from '../../../src/verify/differences/Probe.ts';

const differenceOf = (
  f: (x: Float32Array) => Float32Array,
  x: Float32Array,
  probe: Probe,
  h: number,
) => centralDifference((t) => f(moveAlong(x, probe, t)), x, probe, h);
const squares = (x: Float32Array) => x.map((entry) => entry * entry);

describe('centralDifference', () => {
  it('is exact for a parabola', () => {
    const { slopes, along, width } = differenceOf(
      squares,
      Float32Array.of(3, 5),
      { index: 1 },
      0.5,
    );
    expect([Array.from(slopes), along, width]).toEqual([[0, 10], { index: 1 }, 1]);
  });

  it('divides by the step after its rounding to float32', () => {
    const identity = (x: Float32Array) => x;
    const { slopes, width } = differenceOf(
      identity,
      Float32Array.of(1),
      { index: 0 },
      1.3 * 2 ** -23,
    );
    expect(slopes[0]).toBe(1);
    expect(width).not.toBe(2.6 * 2 ** -23);
  });

  it('moves all entries of a probe at once', () => {
    const weights = Float32Array.of(0.6, 0.8);
    const sum = (x: Float32Array) => Float32Array.of(x[0] + x[1] + 2 * x[2]);
    const { slopes, along, width } = differenceOf(
      sum,
      Float32Array.of(7, 1, 2),
      { from: 1, weights },
      0.25,
    );
    expect(width).toBe(0.5);
    expect(slopes[0]).toBeCloseTo(0.6 + 2 * 0.8, 5);
    const taken = 'weights' in along ? Array.from(along.weights) : [];
    expect(taken[0]).toBeCloseTo(0.6, 6);
    expect(taken[1]).toBeCloseTo(0.8, 6);
  });
});
