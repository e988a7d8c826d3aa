import * as tf from '@tensorflow/tfjs';
import { tie } from '../../../page/answer/tie.ts';
import { PRESETS } from '../../../page/state/presets.ts';
import { snapToTie } from '../../../page/state/snapToTie.ts';

beforeAll(() => tf.setBackend('cpu'));

const answerOf = (problem: (typeof PRESETS)[number]['problem']) =>
  tie(problem, 2 ** -7)?.candidates.map(({ name, standing }) => [name, standing]);

describe('tie(problem, h)', () => {
  const expected = [
    ['first', 'yes'],
    ['even', 'yes'],
    ['central difference', 'no'],
    ['tf.max', 'no'],
  ];

  it('finds ‘first’ and ‘even’ in the set where three rows tie, and differences and tf.max outside', () => {
    expect(answerOf(PRESETS[2].problem)).toEqual(expected);
    const { tied, remaining, threshold, candidates } = tie(PRESETS[2].problem, 2 ** -7) ?? {};
    expect({ tied, remaining, threshold }).toEqual({ tied: [1, 2, 3], remaining: 1, threshold: 1 });
    expect(candidates?.map(({ weights }) => weights)).toEqual([
      [1, 0, 0],
      [1, 1, 1].map((share) => expect.closeTo(share / 3, 6) as number),
      [1, 1, 1].map(() => 0.501953125), // ½ + h / 4τ
      [1, 1, 1],
    ]);
  });

  it('finds ½ + h / 4τ for each tied row by the central difference, however large the step', () => {
    const rows = ['-0.5', '-1', '-1', '-1', '-1', '-3'].map((entry) => [entry]);
    for (const h of [2, 1, 2 ** -7]) {
      const central = tie({ W: rows, x: ['1'], k: 3 }, h)?.candidates[2];
      expect(central?.weights).toEqual(
        [0, 0, 0, 0].map(() => expect.closeTo(0.5 - h / 4, 4) as number),
      );
    }
  });

  it('sees the tie of decimals that float32 tells apart, and one that was snapped to', () => {
    const ofTwo = expected.with(2, ['central difference', 'nearly']);
    expect(answerOf(PRESETS[3].problem)).toEqual(ofTwo);
    expect(answerOf(snapToTie(PRESETS[0].problem))).toEqual(ofTwo);
  });

  it('weighs the rows that tie as decimals, not those that float32 rounds to the same number', () => {
    const { tied, candidates = [] } =
      tie({ W: [['1'], ['1'], ['1.00000001']], x: ['1'], k: 2 }, 2 ** -7) ?? {};
    const [first, even] = candidates.map(({ weights, standing }) => [weights, standing]);
    expect({ tied, first, even }).toEqual({
      tied: [0, 1],
      first: [[1, 0], 'yes'],
      even: [[0.5, 0.5], 'yes'],
    });
  });

  it('never calls a central difference a gradient, however small its step, nor one that is far off near', () => {
    const problem = { W: [['-1'], ['-1'], ['-5']], x: ['3'], k: 1 };
    const standingFor = (h: number) => tie(problem, h)?.candidates[2].standing;
    expect([2 ** -10, 2 ** -7, 0.25].map(standingFor)).toEqual(['nearly', 'nearly', 'nearly']);
    expect([1, 2].map(standingFor)).toEqual(['no', 'no']);
    const causeFor = (entry: string, h: number) =>
      tie({ W: [[entry], [entry]], x: ['1'], k: 1 }, h)?.candidates[2].cause;
    expect([causeFor('1', 2), causeFor('1e5', 2 ** -7), causeFor('1e10', 2 ** -7)]).toEqual(['step', 'rounding', 'rounding']); // prettier-ignore
    expect(tie(PRESETS[2].problem, 2 ** -7)?.candidates[2].cause).toBeUndefined();
  });

  it('says of the central difference of three rows that it is no gradient, however small their entry', () => {
    for (const entry of ['0.002', '-0.002', '1e-3']) {
      const problem = { W: [['3'], [entry], [entry], [entry]], x: ['1'], k: 2 };
      expect(answerOf(problem)?.[2]).toEqual(['central difference', 'no']);
    }
  });

  it('has nothing to choose at a tie at zero, and is undefined without a tie', () => {
    expect(tie(PRESETS[1].problem, 0.01)).toMatchObject({ threshold: 0, candidates: [] });
    expect(tie(PRESETS[0].problem, 0.01)).toBeUndefined();
  });

  it('leaks no tensors', () => {
    const before = tf.memory().numTensors;
    tie(PRESETS[2].problem, 0.01);
    expect(tf.memory().numTensors).toBe(before);
  });
});
