import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { gradients } from '../../../page/answer/gradients.ts';
import { numbersOf } from '../../../page/state/Problem.ts';
import { PRESETS } from '../../../page/state/presets.ts';
import { plainTopk } from '../../oracles/plainTopk.ts';
import { problems } from '../generator.ts';

beforeAll(() => tf.setBackend('cpu'));

describe('gradients({W, x, k}, h)', () => {
  it('agrees with 2 yᵢ xⱼ on the rows that a plain sort of y selects', () => {
    fc.assert(
      fc.property(problems(5), (problem) => {
        const { W, x, k } = numbersOf(problem);
        const { y, indices, dW, loss } = gradients({ W, x, k }, 2 ** -7);
        const plain = plainTopk(y, k);
        expect(indices).toEqual(plain.indices);
        expect(loss).toBeCloseTo(
          plain.values.reduce((sum, v) => sum + v ** 2, 0),
          3,
        );
        const expected = W.map((_, i) => x.map((x) => (indices.includes(i) ? 2 * y[i] * x : 0)));
        for (const found of [dW.topk, dW.matrix]) {
          found.flat().forEach((entry, e) => {
            expect(entry).toBeCloseTo(expected.flat()[e], 3);
          });
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has central differences that are right within half of the margin, and wrong beyond the margin', () => {
    const [thread, nearlyTied] = [PRESETS[0], PRESETS[4]];
    const off = ({ problem }: typeof thread, h: number) =>
      gradients(numbersOf(problem), h).differences;
    expect(off(thread, 2 ** -7)).toEqual({ matrix: 0, central: expect.closeTo(0, 3) as number });
    expect(off(nearlyTied, 2 ** -4).central).toBeGreaterThan(0.5);
    expect(off(nearlyTied, 2 ** -10).central).toBeGreaterThan(0.1); // 0.0008 exceeds the margin
  });

  it('leaks no tensors', () => {
    const before = tf.memory().numTensors;
    gradients(numbersOf(PRESETS[0].problem), 0.01);
    expect(tf.memory().numTensors).toBe(before);
  });
});
