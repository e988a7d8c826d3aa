import { certify } from '../../../experiments/exact/certify.ts';
import { Fraction } from '../../../experiments/exact/Fraction.ts';
import { verdict } from '../../../page/answer/verdict.ts';
import { PRESETS } from '../../../page/state/presets.ts';

const verdicts = PRESETS.map(({ problem }) => verdict(certify(problem)));

describe('verdict(certificate)', () => {
  it('gives margin, radius and the statements of the theorem for the thread’s numbers', () => {
    expect(verdicts[0]).toEqual({
      isDifferentiable: true,
      because: 'because the margin is positive, 0.2708908, so the same rows are selected nearby.',
      radius: 'No other row is selected while W moves by less than 0.166654, rounded down.',
      statements: 'statements 1 and 3',
      inX: 'In x the answer is the same.',
    });
  });

  it('answers each preset as its sentence says', () => {
    const answers = verdicts.map(({ isDifferentiable, statements }) => [
      isDifferentiable,
      statements,
    ]);
    expect(answers).toEqual([
      [true, 'statements 1 and 3'],
      [true, 'statement 1'],
      [false, 'statements 1 and 4'],
      [false, 'statements 1 and 4'],
      [true, 'statements 1 and 3'],
      [true, 'statements 1 and 3'],
    ]);
  });

  it('never gives a radius that is larger than the exact one', () => {
    for (const { problem } of PRESETS) {
      const certificate = certify(problem);
      const [text] = /0\.\d+/.exec(verdict(certificate).radius) ?? [];
      if (text === undefined || certificate.radiusSquared === null) continue;
      expect(new Fraction(text).pow(2).compare(certificate.radiusSquared)).toBeLessThanOrEqual(0);
    }
  });

  it('gives the radius 0 at a tie, an infinite one for x = 0, and none where all rows are selected', () => {
    expect(verdicts[1].radius).toContain('the radius is 0');
    const zero = verdict(
      certify({
        W: [
          ['1', '2'],
          ['3', '4'],
        ],
        x: ['0', '0'],
        k: 1,
      }),
    );
    expect([zero.isDifferentiable, zero.radius]).toEqual([true, 'W may move as far as it likes.']);
    const all = verdict(certify({ W: [['1'], ['2']], x: ['1'], k: 2 }));
    expect([all.isDifferentiable, all.radius, all.statements]).toEqual([true, '', 'statement 1']);
  });
});
