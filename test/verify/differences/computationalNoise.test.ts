import {
  computationalNoise,
  NOISE_POINTS,
} from '../../../src/verify/differences/computationalNoise.ts';

const f32 = Math.fround;
const noiseOf = (f: (i: number) => Float32Array) =>
  Array.from(computationalNoise(Array.from({ length: NOISE_POINTS }, (_, i) => f(i))));

describe('computationalNoise', () => {
  it('is zero in each output for a cubic without rounding', () => {
    expect(noiseOf((i) => Float32Array.of(i ** 3 - 3 * i ** 2 + 2, 7, -i))).toEqual([0, 0, 0]);
  });

  it('finds the standard deviation of noise added to each output', () => {
    let state = 1;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
    const sizes = [1e-3, 1e-5];
    const found = Array.from({ length: 400 }, () =>
      noiseOf((i) => Float32Array.from(sizes, (size) => 0.1 * i + size * Math.sqrt(12) * random())),
    );
    sizes.forEach((size, o) => {
      const meanSquare = found.reduce((sum, noise) => sum + noise[o] ** 2, 0) / found.length;
      expect(Math.sqrt(meanSquare) / size).toBeCloseTo(1, 1);
    });
  });

  it('sees the rounding of float32 arithmetic', () => {
    const sum = (x: number) => {
      let total = 0;
      for (let j = 1; j <= 100; j++) total = f32(total + f32(x / j));
      return total;
    };
    const [noise] = noiseOf((i) => Float32Array.of(sum(f32(1 + i * 2 ** -11))));
    expect(noise).toBeGreaterThan(5 * 2 ** -25);
    expect(noise).toBeLessThan(5 * 2 ** -19);
  });
});
