import '@tensorflow/tfjs';
import { certify } from '../../../experiments/exact/certify.ts';
import { gradients } from '../../../page/answer/gradients.ts';
import { rounding } from '../../../page/answer/rounding.ts';
import { PRESETS } from '../../../page/state/presets.ts';
import { numbersOf, type Problem } from '../../../page/state/Problem.ts';

const saidOf = (problem: Problem) =>
  rounding(certify(problem), gradients(numbersOf(problem), 2 ** -7).indices);

describe('rounding(certificate, indices)', () => {
  it('says nothing where float32 decides as the exact numbers do', () => {
    expect(saidOf(PRESETS[0].problem)).toBe('');
    expect(saidOf({ W: [['1'], ['1'], ['0']], x: ['1'], k: 1 })).toBe('');
    expect(saidOf({ W: [['3'], ['2'], ['1']], x: ['1'], k: 2 })).toBe('');
  });

  it('says which rows float32 selects where the numbers as typed select others', () => {
    expect(saidOf({ W: [['1'], ['1.00000001'], ['0.5']], x: ['1'], k: 1 })).toBe(
      'All below is computed in float32. Rounding selects row 0 there, where the numbers as typed select row 1.',
    );
    expect(
      saidOf({
        W: [
          ['0.1', '2.1'],
          ['2.2', '0'],
        ],
        x: ['1', '1'],
        k: 1,
      }),
    ).toBe(
      'All below is computed in float32. Rounding selects row 1 there, where the numbers as typed select row 0.',
    );
  });

  it('says that the verdict changes where the selection does not', () => {
    expect(saidOf({ W: [['1.00000001'], ['1']], x: ['1'], k: 1 })).toBe(
      'That is so for the numbers as typed. All below is computed in float32, which rounds them to others, where the loss is not differentiable.',
    );
  });
});
