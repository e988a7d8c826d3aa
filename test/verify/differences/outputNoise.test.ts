import * as tf from '@tensorflow/tfjs';
import { checkGrads } from '../../../src/index.ts';
import { checkedInput } from '../../../src/verify/differences/checkedInput.ts';
import { outputNoise } from '../../../src/verify/differences/outputNoise.ts';

const normal = (shape: number[], seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('the rounding error that checkGrads expects', () => {
  it('explains the errors of right gradients, over many functions and points', () => {
    const ratios = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) => {
      const W = normal([20, 30], seed);
      const report = checkGrads((x: tf.Tensor) => tf.dot(W, x), [normal([30], seed + 100)], {
        order: 1,
      });
      return report.worst ? report.worst.error / report.worst.rounding : [];
    });
    expect(ratios).toHaveLength(8);
    expect(Math.max(...ratios)).toBeLessThan(8);
    expect(Math.max(...ratios)).toBeGreaterThan(0.3); // the worst of 600 entries
  });

  it('is measured, where it is more than the rounding of the values of f', () => {
    // At 1024 float32 has steps of 2⁻¹³, and each of the 20 entries of x takes these.
    const f = (x: tf.Tensor) => x.add(1024).sub(1024).sum();
    const { worst } = checkGrads(f, [normal([20])], { order: 1 });
    const expected = (Math.sqrt(20) * 2 ** -13) / Math.sqrt(12) / (Math.SQRT2 * (worst?.step ?? 0));
    expect((worst?.rounding ?? 0) / expected).toBeGreaterThan(0.3);
    expect((worst?.rounding ?? 0) / expected).toBeLessThan(3);
  });

  it('is measured within the margin, not across a kink beyond it', () => {
    const f = (x: tf.Tensor) => x.add(x.sub(1.002).relu().mul(1000));
    const { worst } = checkGrads(f, [[1]], { order: 1, margin: 0.0019 });
    expect(worst?.rounding).toBeLessThan(1e-3);
  });

  it('is measured with all inputs moving together, each within a quarter of its margin', () => {
    const inputs = [normal([3]), normal([5], 2).mul(100)];
    const margin = [0.001, 0.02];
    const moves: number[][] = [];
    const f = (...xs: tf.Tensor[]) => {
      moves.push(xs.map((x, a) => tf.norm(x.sub(inputs[a])).dataSync()[0]));
      return tf.addN(xs.map((x) => x.sum()));
    };
    checkGrads(f, inputs, { order: 1, margin });
    const together = moves.filter((distances) => distances.every((distance) => distance > 0));
    expect(together).toHaveLength(32);
    for (const a of [0, 1]) {
      const furthest = Math.max(...together.map((distances) => distances[a])) / margin[a];
      expect(furthest).toBeLessThan(1 / 4);
      expect(furthest).toBeGreaterThan(1 / 16);
    }
  });
});

describe('outputNoise(evaluate, inputs, y)', () => {
  /** The points at which it evaluates f, for an input. */
  const pointsFor = (x: number[], margin = Infinity) => {
    const points: Float32Array[] = [];
    const evaluate = ([point]: Float32Array[]) => {
      points.push(point);
      return Float32Array.of(0);
    };
    outputNoise(evaluate, [checkedInput(tf.tensor1d(x), 0, margin)], Float32Array.of(0));
    return points;
  };

  it('evaluates f at equidistant points, exactly, so that a slope is no noise', () => {
    const x = [1.37, -5.1, 1000.7, 3e-7, 0].map(Math.fround);
    const all = pointsFor(x);
    expect(all).toHaveLength(32);
    const rays = [all.slice(0, 16), all.slice(16)].map((ray) => [Float32Array.from(x), ...ray]);
    x.forEach((entry, j) => {
      const first = rays.map((points) => {
        const steps = points.slice(1).map((point, i) => point[j] - points[i][j]);
        const relative = Math.abs(steps[0]) / (Math.abs(entry) || 1);
        expect(relative).toBeGreaterThan(2 ** -14);
        if (entry !== 0) {
          expect(relative).toBeLessThan(2 ** -11);
          expect(new Set(steps).size).toBe(1);
        }
        return steps[0];
      });
      expect(first[1]).toBe(-first[0]); // to both sides
    });
  });

  it('takes no kink nearby for rounding, on whichever side it is', () => {
    for (const distance of [0.0004, -0.0004, 0.001, -0.001]) {
      const noise = outputNoise(
        ([[a, b]]) => Float32Array.of(Math.max(a - 1 - distance, 0) + b),
        [checkedInput(tf.tensor1d([1, 2]), 0, Infinity)],
        Float32Array.of(2),
      );
      expect(noise[0]).toBeLessThan(2 ** -21);
    }
  });

  it('moves entries in random directions, each by half of 2⁻¹² times its magnitude at least', () => {
    const [point] = pointsFor(Array.from({ length: 100 }, () => 1));
    const steps = Array.from(point, (entry) => (entry - 1) * 2 ** 12);
    const sizes = steps.map(Math.abs);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(0.499); // steps are rounded to 2⁻¹⁰ of these
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1);
    expect(new Set(sizes).size).toBeGreaterThan(50);
    const forward = steps.filter((step) => step > 0).length;
    expect(Math.abs(forward - 50)).toBeLessThan(20); // 4 standard deviations
  });

  it('evaluates f as close as a margin asks, where float32 rounds the steps', () => {
    const [x, margin] = [1.37, 2 ** -17];
    const distances = pointsFor([x], margin).map(([entry]) => Math.abs(entry - Math.fround(x)));
    expect(Math.max(...distances)).toBeLessThanOrEqual(margin / 4);
    expect(new Set(distances).size).toBeGreaterThan(4);
  });

  it('is the rounding of y where f has none of its own, that of subnormal numbers for y = 0', () => {
    const inputs = [checkedInput(tf.tensor1d([1, 2]), 0, Infinity)];
    const noise = outputNoise(() => Float32Array.of(3, 0, NaN), inputs, Float32Array.of(3, 0, -5));
    expect(Array.from(noise)).toEqual([3 * 2 ** -24, 2 ** -150, 5 * 2 ** -24]);
  });
});
