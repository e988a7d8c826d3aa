import * as tf from '@tensorflow/tfjs';
import { selectionRadius } from '../../../src/index.ts';
import { along } from '../../../page/answer/along.ts';
import { gradients } from '../../../page/answer/gradients.ts';
import { numbersOf } from '../../../page/state/Problem.ts';
import { PRESETS } from '../../../page/state/presets.ts';

beforeAll(() => tf.setBackend('cpu'));

const { problem } = PRESETS[0];
const { W, x, k } = numbersOf(problem);
const radius = selectionRadius(W, x, k).inW;
const { dW } = gradients({ W, x, k }, 0.01);

describe('along(problem, dW, direction, reach)', () => {
  it.each(['worst', 'gradient', 'random'] as const)(
    'draws the parabola of the theorem within the radius, in the direction “%s”',
    (direction) => {
      const { t, loss, parabola, slopes } = along(problem, dW.topk, direction, 3 * radius, 1) ?? {};
      t?.forEach((t, i) => {
        if (Math.abs(t) <= radius) expect(loss?.[i]).toBeCloseTo(parabola?.[i] ?? NaN, 4);
      });
      expect(slopes?.left).toBeCloseTo(slopes?.right ?? NaN, 5);
    },
  );

  it('leaves the parabola beyond the radius in the worst direction', () => {
    const { loss = [], parabola = [] } = along(problem, dW.topk, 'worst', 3 * radius, 1) ?? {};
    expect(loss[240] - parabola[240]).toBeGreaterThan(0.1);
    expect(loss[0]).toBeCloseTo(parabola[0], 4); // the margin grows
  });

  it('has the slope of the norm along the gradient, and two slopes at a tie', () => {
    const norm = Math.hypot(...dW.topk.flat());
    expect(along(problem, dW.topk, 'gradient', 1, 1)?.slopes.right).toBeCloseTo(norm, 4);
    const tied = along(PRESETS[2].problem, dW.topk, 'worst', 1, 1)?.slopes;
    expect(tied?.left).toBeCloseTo(-2, 5); // τ = 1, and y moves by ‖x‖ / √2 = 1
    expect(tied?.right).toBeCloseTo(2, 5);
  });

  it('has one slope where only float32 sees a tie, and two where decimals tie', () => {
    const slopesOf = (W: string[][], k = 1) =>
      along({ W, x: ['1', '1'], k }, [[1]], 'worst', 1, 1)?.slopes;
    const slope = expect.closeTo(-2000, 2) as number; // 2y ‖x‖ / √2
    expect(
      slopesOf([
        ['1000', '0.00001'],
        ['1000', '0'],
      ]),
    ).toEqual({ left: slope, right: slope });
    expect(
      slopesOf([
        ['1000', '0'],
        ['999', '1'],
      ]),
    ).toEqual({ left: slope, right: expect.closeTo(2000, 2) as number });
  });

  it.each([
    ['1e-10', '2e-10', '1e20'],
    ['1', '2', '1e-25'],
    ['1e10', '2e10', '1e-23'],
    ['9e18', '0', '1'],
    ['1e-30', '2e-30', '1e-30'],
  ])(
    'is a parabola with its slope for W = [%s, %s] and x = %s, whose squares overflow or vanish',
    (a, b, x) => {
      const y = [Number(a) * Number(x), Number(b) * Number(x)];
      const largest = Math.max(...y);
      const slope = Math.SQRT2 * largest * Number(x); // 2y x / √2
      const reach = largest / Number(x);
      const found = along({ W: [[a], [b]], x: [x], k: 1 }, [[0], [1]], 'worst', reach, 1);
      expect((found?.slopes.right ?? NaN) / -slope).toBeCloseTo(1, 5);
      expect((found?.slopes.left ?? NaN) / -slope).toBeCloseTo(1, 5);
      expect(found?.loss.every(Number.isFinite)).toBe(true);
      expect((found?.loss[120] ?? NaN) / largest ** 2).toBeCloseTo(1, 5);
    },
  );

  it('draws another random direction for another seed, and the same for the same', () => {
    const [one, two, again] = [1, 2, 1].map((seed) => along(problem, dW.topk, 'random', 1, seed));
    expect(two?.loss).not.toEqual(one?.loss);
    expect(again).toEqual(one);
  });

  it('is undefined where there is no such direction, and leaks no tensors', () => {
    const before = tf.memory().numTensors;
    expect(along({ W: [['1']], x: ['1'], k: 1 }, [[2]], 'worst', 1, 1)).toBeUndefined();
    expect(along({ W: [['0']], x: ['1'], k: 1 }, [[0]], 'gradient', 1, 1)).toBeUndefined();
    along(problem, dW.topk, 'random', 1, 1);
    expect(tf.memory().numTensors).toBe(before);
  });
});
