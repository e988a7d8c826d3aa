import * as tf from '@tensorflow/tfjs';
import { checkGrads, selectionMargin, topk } from '../../../src/index.ts';
import { failedReport } from '../failedReport.ts';
import { withGradient } from '../withGradient.ts';

describe('the options of checkGrads', () => {
  it('set atol, rtol and the first step', () => {
    const off = withGradient(
      (x) => x.square().sum(),
      (dy, x) => dy.mul(x).mul(2.2),
    );
    failedReport(() => checkGrads(off, [[1, 2]], { order: 1, rtol: 0.05 }));
    const { worst } = checkGrads(off, [[1, 2]], { order: 1, rtol: 0.2, eps: 0.25 });
    expect(worst?.step).toBe(0.25);
    checkGrads(off, [[1, 2]], { order: 1, rtol: 0, atol: 0.5 });
    failedReport(() => checkGrads(off, [[1, 2]], { order: 1, rtol: 0, atol: 0.3 }));
    const linear = (x: tf.Tensor) => x.mul(2);
    expect(checkGrads(linear, [[1, 2]], { eps: 0.5, atol: 0, rtol: 0 }).worst?.error).toBe(0);
  });

  describe('with a margin', () => {
    const f = (y: tf.Tensor) => topk(y, 1).values.sum();
    const near = [1, 0.999, 0]; // a default step of 0.04 would exchange the first two

    it('shrinks a step that would cross it', () => {
      const inY = selectionMargin(near, 1).margin / Math.SQRT2;
      for (const margin of [inY, [inY], () => inY, () => [inY]]) {
        const { worst } = checkGrads(f, [near], { order: 1, margin });
        expect(worst?.step).toBeCloseTo(inY / 2, 6);
      }
      const { worst } = checkGrads(f, [near], { order: 1, margin: inY, eps: 0.1 });
      expect(worst?.step).toBeCloseTo(inY / 2, 6);
    });

    it('keeps a step that fits within it', () => {
      const { worst } = checkGrads(f, [near], { order: 1, margin: 7e-4, eps: 1e-4 });
      expect(worst?.step).toBeCloseTo(1e-4, 6);
    });

    it('refuses a point at a tie, or too close to one for float32', () => {
      for (const margin of [0, 1e-7]) {
        expect(() => checkGrads(f, [near], { margin })).toThrow(
          `checkGrads: margin must be at least 0.000031 for inputs[0][0], got ${String(margin)}: ` +
            'this close to a point where f is not smooth, no float32 step gives a usable difference',
        );
      }
    });

    it('calls a function of the inputs once', () => {
      const margin = jest.fn((y: tf.Tensor) => selectionMargin(y, 1).margin / 2);
      checkGrads(f, [near], { margin });
      expect(margin).toHaveBeenCalledTimes(1);
    });
  });

  it.each<[string, unknown, string]>([
    ['order 3', { order: 3 }, 'order must be 1 or 2, got 3'],
    ['eps = 0', { eps: 0 }, 'eps must be a finite number > 0, got 0'],
    ['eps < 0', { eps: -1 }, 'eps must be a finite number > 0, got -1'],
    ['eps = ∞', { eps: Infinity }, 'eps must be a finite number > 0, got Infinity'],
    ['an eps that is a string', { eps: '1' }, 'eps must be a finite number > 0, got "1"'],
    ['atol < 0', { atol: -1 }, 'atol must be a finite number >= 0, got -1'],
    ['rtol = NaN', { rtol: NaN }, 'rtol must be a finite number >= 0, got NaN'],
    ['margin = NaN', { margin: NaN }, 'margin must be a number >= 0, got NaN'],
    ['margin < 0', { margin: () => [-1] }, 'margin must be a number >= 0, got -1'],
    ['a margin that is a string', { margin: 'wide' }, 'margin must be a number >= 0, got "wide"'],
    [
      'a margin too many',
      { margin: [1, 2] },
      'margin must be one number or one for each input, got 2 for 1',
    ],
    [
      'an eps that float32 rounds away',
      { eps: 1e-6 },
      'eps must be at least 0.000048 for inputs[0][0], got 0.000001',
    ],
    [
      'an unknown name',
      { margins: 1 },
      'options must be among order, eps, atol, rtol, margin, got "margins"',
    ],
    ['null', null, 'options must be a plain object, got null'],
  ])('are refused: %s', (_, options, message) => {
    const before = tf.memory().numTensors;
    const check = () => checkGrads((x: tf.Tensor) => x.square(), [[100]], options as never);
    expect(check).toThrow(`checkGrads: ${message}`);
    expect(tf.memory().numTensors).toBe(before);
  });
});
