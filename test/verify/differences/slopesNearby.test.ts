import * as tf from '@tensorflow/tfjs';
import { checkedInput } from '../../../src/verify/differences/checkedInput.ts';
import type { Probe } from '../../../src/verify/differences/Probe.ts';
import { slopesNearby } from '../../../src/verify/differences/slopesNearby.ts';
import { FIRST_STEP } from '../../../src/verify/differences/stepsWithin.ts';

const inputAt = (x: number[], margin = Infinity) => checkedInput(tf.tensor1d(x), 0, margin);

describe('slopesNearby', () => {
  it('has the slope of one output along a probe, 96 times where that is the same everywhere', () => {
    const linear = ([a, b, c]: Float32Array) => Float32Array.of(a, 8 * a + 2 * b - c);
    const slopes = (probe: Probe) =>
      slopesNearby(inputAt([1, -2, 4]), probe, { index: 1 }, 1, linear);
    const diagonal = { from: 1, weights: Float32Array.of(0.6, 0.8) };
    expect(slopes({ index: 0 })).toBeCloseToTensor(Array(96).fill(8), 1e-3);
    expect(slopes(diagonal)).toBeCloseToTensor(Array(96).fill(2 * 0.6 - 0.8), 1e-3);
  });

  it('finds the slopes on all sides of a tie, also where the probe alone shows none', () => {
    // The second largest of three equal values stays the same if one of them changes.
    const second = (x: Float32Array) => Float32Array.of(x.slice().sort()[1]);
    const slopes = slopesNearby(inputAt([1, 1, 1]), { index: 0 }, { index: 0 }, 0.04, second);
    expect(Math.min(...slopes)).toBe(0);
    expect(Math.max(...slopes)).toBeCloseTo(1, 3);
    const changing = slopes.filter((slope) => slope > 0.5).length;
    expect(Math.abs(changing - 96 / 3)).toBeLessThan(19); // 4 standard deviations
  });

  it('has none for an input of a single entry, where it does not evaluate f', () => {
    const evaluate = () => {
      throw new Error('evaluated');
    };
    expect(slopesNearby(inputAt([1]), { index: 0 }, { index: 0 }, 0.01, evaluate)).toEqual([]);
  });
});

describe('slopesNearby looks at points', () => {
  const x = [2, -4, 4]; // of norm 6

  /**
   * By how much of their magnitudes the entries of each point differ from x, and the steps from there along entry 1.
   */
  function pointsFor(probe: Probe, h: number, margin?: number) {
    const evaluated: Float32Array[] = [];
    slopesNearby(inputAt(x, margin), probe, { index: 0 }, h, (point) => {
      evaluated.push(point);
      return point;
    });
    const pairs = Array.from({ length: evaluated.length / 2 }, (_, i) => [
      evaluated[2 * i],
      evaluated[2 * i + 1],
    ]);
    return {
      shifts: pairs.flatMap(([above, below]) =>
        x.map((entry, j) => ((above[j] + below[j]) / 2 - entry) / Math.abs(entry)),
      ),
      steps: pairs.map(([above, below]) => (above[1] - below[1]) / 2),
    };
  }

  it.each<[string, Probe, number, number | undefined, number]>([
    ['what a step is of the magnitude of an entry', { index: 1 }, 0.04, undefined, 0.01],
    ['the same, of another entry', { index: 0 }, 0.04, undefined, 0.02],
    // of a combination: ‖(−4, 4)‖ = √32
    ['the norm of those of a probe', { from: 1, weights: Float32Array.of(0.6, 0.8) }, 0.04, undefined, 0.04 / Math.sqrt(32)], // prettier-ignore
    ['the first step', { index: 1 }, 4, undefined, FIRST_STEP],
    ['half of a margin, if all entries move so far', { index: 1 }, 0.04, 0.06, 0.005],
  ])('that are away in all directions, by at most %s', (_, probe, h, margin, distance) => {
    const { shifts } = pointsFor(probe, h, margin);
    expect(shifts).toHaveLength(96 * 3);
    expect(Math.max(...shifts) / distance).toBeGreaterThan(0.95);
    expect(Math.max(...shifts) / distance).toBeLessThan(1.001);
    expect(Math.min(...shifts) / distance).toBeLessThan(-0.95);
    expect(Math.min(...shifts) / distance).toBeGreaterThan(-1.001);
    expect(new Set(shifts).size).toBeGreaterThan(250); // each entry of each point by its own part
  });

  it('with steps of an eighth of the step', () => {
    const { steps } = pointsFor({ index: 1 }, 0.04);
    expect(steps).toBeCloseToTensor(Array(96).fill(0.005), 1e-6);
  });
});
