import { certify } from '../../../experiments/exact/certify.ts';
import { Fraction } from '../../../experiments/exact/Fraction.ts';
import type { Certificate, Verdict } from '../../../experiments/exact/types.ts';
import thread from '../../../experiments/thread.json';
import { IS_WHOLE } from '../../isWhole.ts';
import oracle from '../../oracles/exact.json';

const yesOrNo = ({ differentiable }: Verdict) => (differentiable ? 'yes' : 'no');

/** Is the certificate what the fields of a case say? See exact.py. */
function agrees(certificate: Certificate, fields: string[]): boolean {
  const { inW, inX, selected, margin, float32 } = certificate;
  const [W, x, indices, exactMargin, ...rounded] = fields;
  const [mantissa, exponent = '0'] = exactMargin.split('E');
  const isMargin =
    exactMargin === 'none'
      ? margin === null
      : margin?.equals(new Fraction(mantissa).mul(new Fraction(10).pow(exponent))) === true;
  const found = [yesOrNo(inW), yesOrNo(inX), selected.join(' ')];
  if (float32 === null) found.push('overflow');
  else if (Object.values(float32.changes).includes(true)) {
    found.push(yesOrNo(float32.inW), yesOrNo(float32.inX), float32.selected.join(' '));
  }
  return isMargin && String(found) === String([W, x, indices, ...rounded]);
}

const decided = (W: (string | number)[][], x: (string | number)[], k: number) => {
  const { inW, inX, float32 } = certify({ W, x, k });
  return [inW, inX, ...(float32 ? [float32.inW, float32.inX] : [])].map(yesOrNo);
};

describe('certify', () => {
  it('gives the right verdicts, selection and margin in all 2750 cases of exact.json', () => {
    const wrong = oracle.cases.filter((text) => {
      const [W, x, k, ...fields] = text.split('|');
      const rows = W.split(';').map((row) => row.split(' '));
      return !agrees(certify({ W: rows, x: x.split(' '), k: Number(k) }), fields);
    });
    expect(wrong).toEqual([]);
    expect(oracle.cases).toHaveLength(2750);
  });

  it('gives the thread’s selection, margin, loss and radius', () => {
    const { selected, above, tied, remaining, loss, threshold, runnerUp, margin, ...rest } =
      certify(thread);
    expect({ selected, above, tied, remaining }).toEqual({
      selected: [2, 0, 4],
      above: [0, 2],
      tied: [4],
      remaining: 1,
    });
    expect([threshold, runnerUp, margin, loss].map(String)).toEqual([
      '1.39692579',
      '1.12603499',
      '0.2708908',
      '6.583965532590583',
    ]);
    expect(rest.radius).toBe('0.166654');
    const beyond = { direction: 'worst', share: '1.001', sameSelection: false, holds: false };
    expect(rest.steps.at(-1)).toMatchObject(beyond);
    expect(rest.float32?.changes).toEqual({ inW: false, inX: false, selection: false });
  });

  it('sees a tie behind a cancellation, in W and not in x if the rows are equal', () => {
    const row = [1e8, 1, -1e8];
    expect(decided([row, row], [1, 1, 1], 1)).toEqual(['no', 'yes', 'no', 'yes']);
    expect(decided([row, [1, 1e8, -1e8]], [1, 1, 1], 1)).toEqual(['no', 'no', 'no', 'no']);
  });

  it('sees a margin that float32 arithmetic loses', () => {
    expect(
      decided(
        [
          [1, 1e-9],
          [1, 0],
        ],
        [1, 1],
        1,
      ),
    ).toEqual(['yes', 'yes', 'yes', 'yes']);
    const { margin } = certify({
      W: [
        [1, 1e-9],
        [1, 0],
      ],
      x: [1, 1],
      k: 1,
    });
    expect(margin?.toFraction()).toBe('1/1000000000');
  });

  it('sees a tie of decimals that float32 tells apart', () => {
    const W = [
      ['0.1', '0.2'],
      ['0.3', '0'],
    ];
    expect(decided(W, ['1', '1'], 1)).toEqual(['no', 'no', 'yes', 'yes']);
    const { float32 } = certify({ W, x: ['1', '1'], k: 1 });
    expect(float32?.changes).toEqual({ inW: true, inX: true, selection: true });
  });

  it('tells products apart that underflow float32', () => {
    expect(decided([['1e-30'], ['2e-30']], ['1e-30'], 1)).toEqual(['yes', 'yes', 'yes', 'yes']);
    const { margin, float32 } = certify({ W: [['1e-50'], ['2e-50']], x: ['1'], k: 1 });
    expect(margin?.equals(new Fraction(1n, 10n ** 50n))).toBe(true);
    expect(float32?.changes).toEqual({ inW: false, inX: false, selection: true });
  });

  it('takes numbers as the decimals that they print', () => {
    const { margin } = certify({
      W: [
        [0.1, 0.2],
        [0.3, 0],
      ],
      x: [1, 1],
      k: 1,
    });
    expect(margin?.n).toBe(0n);
  });

  it('says that float32 overflows', () => {
    expect(certify({ W: [['1e400'], ['1']], x: ['1'], k: 1 }).float32).toBeNull();
    expect(certify({ W: [['1'], ['1']], x: ['3.5e38'], k: 1 }).float32).toBeNull();
  });

  it('rounds to float32 by way of float64, as JavaScript does', () => {
    // Just above the middle of two float32 numbers; float64 rounds it to the middle, which rounds
    // to even, to 1.
    const W = [['1.00000005960464477539062501'], ['1']];
    expect(decided(W, ['1'], 1)).toEqual(['yes', 'yes', 'no', 'yes']);
  });

  it.each([
    [{ W: [['1'], ['0x10']], x: ['1'], k: 1 }, 'W[1][0] must be a decimal number, got "0x10"'],
    [{ W: [['1']], x: [NaN], k: 1 }, 'x[0] must be a decimal number, got "NaN"'],
    [
      { W: [['1'], ['1', '2']], x: ['1'], k: 1 },
      'W[1] must have as many entries as x, got 2, but x has 1',
    ],
    [{ W: [['1']], x: ['1'], k: 2 }, 'k must be an integer in [0, 1], got 2'],
    [{ W: [['1']], x: ['1'], k: -1 }, 'k must be an integer in [0, 1], got -1'],
    [{ W: [['1']], x: ['1'], k: 0.5 }, 'k must be an integer in [0, 1], got 0.5'],
  ])('refuses %j', (problem, message) => {
    expect(() => certify(problem)).toThrow(message);
  });

  it('decides 200 000 rows, and 1000 rows of 1000 entries (a tenth without WHOLE=1)', () => {
    const sizes = IS_WHOLE
      ? [
          [200_000, 3],
          [1000, 1000],
        ]
      : [
          [20_000, 3],
          [100, 1000],
        ];
    for (const [n, d] of sizes) {
      const W = Array.from({ length: n }, (_, i) =>
        Array.from({ length: d }, (_, j) => Math.sin(i * d + j).toFixed(4)),
      );
      const { selected, inW } = certify({ W, x: W[0], k: n / 2 });
      expect(selected).toHaveLength(n / 2);
      expect(inW.reason).toMatch(/^(the margin is positive|rows .* tie at)/);
    }
  }, 60_000);
});
