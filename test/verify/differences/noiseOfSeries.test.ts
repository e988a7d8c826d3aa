import { NOISE_POINTS, noiseOfSeries } from '../../../src/verify/differences/noiseOfSeries.ts';

const f32 = Math.fround;
const noiseOf = (f: (i: number) => number) =>
  noiseOfSeries(Array.from({ length: NOISE_POINTS }, (_, i) => f(i)));

describe('noiseOfSeries', () => {
  it('is zero for a cubic without rounding', () => {
    const cubics = [(i: number) => i ** 3 - 3 * i ** 2 + 2, () => 7, (i: number) => -i];
    expect(cubics.map(noiseOf)).toEqual([0, 0, 0]);
  });

  it('begins with the differences of order 4, where those of a higher order say the same', () => {
    // Of ±1 in turn these are 2⁴, and their variance is 8! / 4!² times that of rounding.
    expect(noiseOf((i) => (-1) ** i)).toBeCloseTo(2 ** 4 / Math.sqrt(70), 12);
  });

  it('ends with those of order 10, where a function without rounding adds less with each order', () => {
    // Those of q^i are (q − 1)¹⁰ q^i, and 20! / 10!² = 184756.
    const q = 1.25;
    const squares = Array.from(
      { length: NOISE_POINTS - 10 },
      (_, i) => ((q - 1) ** 10 * q ** i) ** 2,
    );
    const meanSquare = squares.reduce((a, b) => a + b) / squares.length;
    expect(noiseOf((i) => q ** i) / Math.sqrt(meanSquare / 184_756)).toBeCloseTo(1, 3);
  });

  it('finds the standard deviation of noise of any size', () => {
    let state = 1;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
    for (const size of [1e-3, 1e-5]) {
      const found = Array.from({ length: 400 }, () =>
        noiseOf((i) => 0.1 * i + size * Math.sqrt(12) * random()),
      );
      const meanSquare = found.reduce((sum, noise) => sum + noise ** 2, 0) / found.length;
      expect(Math.sqrt(meanSquare) / size).toBeCloseTo(1, 1);
    }
  });

  it('sees the rounding of float32 arithmetic', () => {
    const sum = (x: number) => {
      let total = 0;
      for (let j = 1; j <= 100; j++) total = f32(total + f32(x / j));
      return total;
    };
    const noise = noiseOf((i) => sum(f32(1 + i * 2 ** -11)));
    expect(noise).toBeGreaterThan(5 * 2 ** -25);
    expect(noise).toBeLessThan(5 * 2 ** -19);
  });
});
