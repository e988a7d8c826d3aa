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
