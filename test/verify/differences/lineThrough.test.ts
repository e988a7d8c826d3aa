import { lineThrough } from '../../../src/verify/differences/lineThrough.ts';
import type { Probe } from '../../../src/verify/differences/Probe.ts';

const x = Float32Array.of(1, 1000);
const axis: Probe = { index: 1 };
const diagonal: Probe = { from: 0, weights: Float32Array.of(0.5, -0.25) };

/** A line through x, and the points at which it evaluated the function x ↦ (x₀ + x₁, x₀ x₁). */
function lineAlong(probe: Probe, y?: Float32Array) {
  const evaluated: number[][] = [];
  const evaluate = (point: Float32Array) => {
    evaluated.push(Array.from(point));
    return Float32Array.of(point[0] + point[1], point[0] * point[1]);
  };
  return { line: lineThrough(x, probe, evaluate, y), evaluated };
}

describe('lineThrough', () => {
  it('has the values at x + t p', () => {
    const { line, evaluated } = lineAlong(diagonal);
    expect(Array.from(line.valuesAt(4))).toEqual([1002, 2997]);
    expect(Array.from(lineAlong(axis).line.valuesAt(-8))).toEqual([993, 992]);
    expect(evaluated).toEqual([[3, 999]]);
  });

  it('has the length of a step along an axis after its rounding to float32, along others t', () => {
    // Near 1000 the spacing of float32 numbers is 2⁻¹⁴.
    expect(lineAlong(axis).line.lengthOf(2.3 * 2 ** -14)).toBe(2 ** -13);
    expect(lineAlong(axis).line.lengthOf(-2.7 * 2 ** -14)).toBe(-3 * 2 ** -14);
    expect(lineAlong(diagonal).line.lengthOf(2.3 * 2 ** -14)).toBe(2.3 * 2 ** -14);
  });

  it('has the central differences at a step', () => {
    // (1 + t / 2) (1000 − t / 4) has the slope 500 − 1 / 4 at 0.
    const { slopes, width } = lineAlong(diagonal).line.differenceAt(4);
    expect([Array.from(slopes), width]).toEqual([[0.25, 499.75], 8]);
    expect(Array.from(lineAlong(axis).line.differenceAt(4).slopes)).toEqual([1, 1]);
  });

  it('evaluates the function once at each point, for values and differences', () => {
    const { line, evaluated } = lineAlong(axis);
    const values = line.valuesAt(8);
    const difference = line.differenceAt(8);
    expect(line.valuesAt(8)).toBe(values);
    expect(line.differenceAt(8)).toBe(difference);
    line.valuesAt(-8);
    expect(evaluated).toEqual([
      [1, 1008],
      [1, 992],
    ]);
  });

  it('evaluates the function at x itself only if its value is not known', () => {
    const y = Float32Array.of(5, 7);
    const known = lineAlong(axis, y);
    expect(known.line.valuesAt(0)).toBe(y);
    expect(known.evaluated).toEqual([]);
    expect(Array.from(known.line.valuesAt(8))).toEqual([1009, 1008]);
    expect(Array.from(lineAlong(axis).line.valuesAt(0))).toEqual([1001, 1000]);
  });
});
