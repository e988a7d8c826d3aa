import * as tf from '@tensorflow/tfjs';
import { difference } from '../../../page/answer/difference.ts';
import { gradients } from '../../../page/answer/gradients.ts';
import { numbersOf } from '../../../page/state/Problem.ts';
import { PRESETS } from '../../../page/state/presets.ts';

beforeAll(() => tf.setBackend('cpu'));

describe('difference({W, x, k}, h, place)', () => {
  it.each(PRESETS)('makes up the central difference of each entry of “$sentence”', (preset) => {
    const numbers = numbersOf(preset.problem);
    const h = 2 ** preset.stepExponent;
    const { central } = gradients(numbers, h).dW;
    central.forEach((entries, row) => {
      entries.forEach((entry, column) => {
        const { above, below } = difference(numbers, h, { row, column });
        expect((above.loss - below.loss) / (2 * h)).toBeCloseTo(entry, 3);
      });
    });
  });

  it('tells which rows are selected on each side of a tie', () => {
    const { above, below } = difference(numbersOf(PRESETS[2].problem), 2 ** -7, {
      row: 2,
      column: 0,
    });
    expect([above.selected, below.selected]).toEqual([
      [0, 2],
      [0, 1],
    ]);
  });

  it('leaks no tensors, and needs no selected row', () => {
    const before = tf.memory().numTensors;
    const none = { loss: 0, selected: [] };
    const found = difference({ W: [[1]], x: [1], k: 0 }, 0.5, { row: 0, column: 0 });
    expect(found).toEqual({ above: none, below: none });
    expect(tf.memory().numTensors).toBe(before);
  });
});
