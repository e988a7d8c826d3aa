import {
  gridNoise,
  noiseAlong,
  smoothNoiseAlong,
} from '../../../src/verify/differences/noiseAlong.ts';
import { generator } from '../../oracles/generator.ts';

const noiseOf = (valueAt: (t: number) => number, isAcross = false) =>
  noiseAlong(valueAt, 0.01, 1e-6, isAcross);

describe('noiseAlong', () => {
  it('is the standard deviation of the rounding error, on whichever side there is more', () => {
    const random = generator(5);
    const σ = 1e-3 / Math.sqrt(12); // of a uniform error
    const noise = () => 1e-3 * (random() - 0.5);
    const estimates = [
      noiseOf((t) => Math.sin(t) + noise()),
      noiseOf((t) => (t > 0 ? noise() : t)),
      noiseOf((t) => (t < 0 ? noise() : t)),
    ];
    for (const estimate of estimates) {
      expect(estimate / σ).toBeGreaterThan(0.5);
      expect(estimate / σ).toBeLessThan(2);
    }
  });

  it('counts a kink or a jump at the point only if asked to', () => {
    const functions: ((t: number) => number)[] = [
      (t) => Math.abs(t),
      (t) => Math.sign(t),
      (t) => Number(t === 0),
      (t) => Number(t >= 0),
    ];
    for (const f of functions) {
      expect(noiseOf(f)).toBeLessThan(1e-15);
      expect(noiseOf(f, true)).toBeGreaterThan(1e-4);
    }
  });

  it('takes no points closer than float32 has them', () => {
    const distances: number[] = [];
    noiseAlong((t) => distances.push(Math.abs(t)), 1e-9, 1e-6, true);
    expect(Math.min(...distances.filter((distance) => distance > 0))).toBe(1e-6);
  });
});

describe('smoothNoiseAlong', () => {
  const noiseOf = (valueAt: (t: number) => number) => smoothNoiseAlong(valueAt, 0.01, 1e-6);
  /** Alternates by ±1 from point to point of noiseAlong at a step h. */
  const waveAt = (h: number) => (t: number) => Math.cos((Math.PI * t) / (0.11714 * h));

  it('leaves out what a kink adds, within the step as well as at the point', () => {
    for (const place of [0, 0.01 / 16, 0.002, 0.01, -0.001]) {
      expect(noiseOf((t) => Math.max(0, t - place))).toBeLessThan(1e-15);
    }
    expect(noiseOf((t) => Number(t === 0))).toBe(0);
  });

  it('leaves out what shows at the step only, or at a 16th of it only', () => {
    expect(noiseOf(waveAt(0.01))).toBeLessThan(1e-9);
    expect(noiseOf(waveAt(0.01 / 16))).toBeLessThan(1e-9);
  });

  it('is that of noise which is everywhere', () => {
    const random = generator(5);
    const σ = noiseOf(() => random()) * Math.sqrt(12);
    expect(σ).toBeGreaterThan(0.5);
    expect(σ).toBeLessThan(2);
  });
});

describe('gridNoise', () => {
  it('is that of a grid, if the function moves in steps within the limit', () => {
    const stairs = (t: number) => Math.floor(t + 0.5);
    expect(gridNoise(stairs, 1e-6, 0.1)).toBe(0);
    expect(gridNoise(stairs, 1e-6, 30)).toBeCloseTo(1 / Math.sqrt(12), 6);
  });
});
