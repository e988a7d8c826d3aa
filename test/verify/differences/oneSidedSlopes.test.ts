import fc from 'fast-check';
import { oneSidedSlopes } from '../../../src/verify/differences/oneSidedSlopes.ts';

const slopesOf = (valueAt: (t: number) => number, noise = 1e-9) =>
  oneSidedSlopes({ valueAt, lengthOf: (t) => t, noise }, 0.05, 1e-3);

describe('oneSidedSlopes', () => {
  it('finds both slopes of a kink, whatever the curvature beside it', () => {
    const slope = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(slope, slope, slope, (below, above, curvature) => {
        fc.pre(Math.abs(above - below) > 0.5);
        const found = slopesOf((t) => (t < 0 ? below : above) * t + curvature * t * t);
        const error = Math.abs(curvature) * (found?.step ?? Infinity) + 1e-6;
        expect(Math.abs((found?.slopes[0] ?? NaN) - below)).toBeLessThanOrEqual(error);
        expect(Math.abs((found?.slopes[1] ?? NaN) - above)).toBeLessThanOrEqual(error);
      }),
    );
  });

  it('finds a kink that is closer than the smallest step', () => {
    expect(slopesOf((t) => Math.abs(t - 1e-7))?.slopes).toBeCloseToTensor([-1, 1], 1e-3);
  });

  it('is null where f is smooth, also if it is curved', () => {
    const smooth = [Math.sin, Math.exp, (t: number) => 5 * t * t, (t: number) => t ** 3 - t];
    expect(smooth.map((f) => slopesOf(f))).toEqual([null, null, null, null]);
  });

  it('is null at a jump, and where rounding hides the gap', () => {
    expect(slopesOf((t) => Number(t > 0))).toBeNull();
    expect(slopesOf(Math.abs, 0.1)).toBeNull();
  });
});
