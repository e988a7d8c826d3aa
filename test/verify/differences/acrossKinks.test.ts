import * as tf from '@tensorflow/tfjs';
import { acrossKinks } from '../../../src/verify/differences/acrossKinks.ts';
import { checkedInput } from '../../../src/verify/differences/checkedInput.ts';
import { norm } from '../../../src/verify/differences/Probe.ts';

const sumOf = (x: Float32Array) => Float32Array.of(x.reduce((sum, entry) => sum + entry, 0));
const input = (x: number[], margin = Infinity) => checkedInput(tf.tensor1d(x), 0, margin);

describe('acrossKinks', () => {
  it('moves the entries, all by the same amount and in four random directions', () => {
    const found = acrossKinks(input([2, 9, 2, 1]), [0, 2], sumOf, Float32Array.of(14));
    expect(found.map(({ title }) => title)).toEqual([
      'its 2 entries at a kink together',
      ...Array<string>(4).fill('a random combination of its 2 entries at a kink'),
    ]);
    expect(Array.from(found[0].weights)).toEqual([1, 1]);
    expect(new Set(found.map(({ weights }) => Array.from(weights).join())).size).toBe(5);
    for (const { weights, step, sides, nearby } of found) {
      expect(weights).toHaveLength(2);
      expect(sides.map(({ length }) => length / step)).toEqual([-1, 1]);
      for (const { length } of nearby) expect(length).toBe(step / 2);
      expect(nearby).toHaveLength(24);
      for (const { length, moved, from, to } of [...sides, ...nearby]) {
        moved.forEach((change, i) => {
          expect(change).toBeCloseTo(length * weights[i], 5);
        });
        expect(to[0] - from[0]).toBeCloseTo(moved[0] + moved[1], 5);
      }
      for (const { from } of sides) expect(from[0]).toBe(14);
    }
  });

  it('moves none of them further than an 800th of the smallest', () => {
    const points: Float32Array[] = [];
    const at = [8, 100, -0.5];
    const evaluate = (x: Float32Array) => {
      points.push(x);
      return sumOf(x);
    };
    const found = acrossKinks(input(at), [0, 2], evaluate, Float32Array.of(0));
    // [8, 100, 0.5] have the median 8, but a magnitude of their own each.
    for (const { weights, step } of found) {
      const largest = Math.max(...Array.from(weights, Math.abs));
      expect((step * largest) / 0.5).toBeCloseTo(2 ** (-23 / 5) / 32, 8);
    }
    const away = points.map((x) => Math.max(...at.map((entry, j) => Math.abs(x[j] / entry - 1))));
    expect(Math.max(...away)).toBeLessThan(1 / 300);
    expect(points.some((x) => x[1] < 100)).toBe(true);
    expect(points.some((x) => x[1] > 100)).toBe(true);
  });

  it('takes the same directions and points at each call', () => {
    const find = () => acrossKinks(input([2, 9, 2, 1]), [0, 2], sumOf, Float32Array.of(14));
    expect(find()).toEqual(find());
  });

  it('stays within half of the margin, and a little', () => {
    const margin = 1e-3;
    const at = [3, 3, 4];
    let furthest = 0;
    const evaluate = (x: Float32Array) => {
      furthest = Math.max(furthest, norm(Float64Array.from(x, (entry, j) => entry - at[j])));
      return sumOf(x);
    };
    acrossKinks(input(at, margin), [0, 1], evaluate, Float32Array.of(0));
    expect(furthest).toBeLessThan(0.6 * margin);
    expect(furthest).toBeGreaterThan(0.2 * margin);
  });
});
