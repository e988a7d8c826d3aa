import * as fc from 'fast-check';
import { formatFraction, roundTo, toNumber } from '../../../experiments/exact/formatFraction.ts';
import { Fraction } from '../../../experiments/exact/Fraction.ts';

const tenTo = (exponent: number) => new Fraction(10).pow(exponent);

describe('toNumber', () => {
  it('is the nearest number, however many digits the fraction has', () => {
    const ten400 = 10n ** 400n;
    expect(toNumber(new Fraction(ten400 + 1n, 3n * ten400))).toBe(1 / 3);
    expect(toNumber(new Fraction(-ten400))).toBe(-Infinity);
    expect(toNumber(new Fraction(1n, ten400))).toBe(0);
  });
});

describe('formatFraction', () => {
  it.each([
    [new Fraction(0), '0'],
    [new Fraction(-100), '-100'],
    [new Fraction('0.30'), '0.3'],
    [new Fraction(1, 3), 'about 0.333333'],
    [new Fraction(-2, 3), 'about -0.666667'],
    [new Fraction(1999999, 3), 'about 666666'],
    [new Fraction('0.12345678901234567'), '0.12345678901234567'],
    [new Fraction('0.123456789012345678'), 'about 0.123457'],
    [new Fraction('9999995.00000000000001'), 'about 10000000'],
    [tenTo(400), '1e+400'],
    [tenTo(-400), '1e-400'],
    [tenTo(20), '100000000000000000000'],
    [tenTo(21), '1e+21'],
    [tenTo(-6), '0.000001'],
    [tenTo(-7), '1e-7'],
    [tenTo(-9).mul(25), '2.5e-8'],
  ])('writes a fraction, case %#: %s', (q, text) => {
    expect(formatFraction(q)).toBe(text);
  });

  it('writes a decimal of 17 digits as JavaScript does', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const [mantissa, exponent] = number.toExponential().split('e');
        const q = new Fraction(mantissa).mul(tenTo(Number(exponent)));
        expect(formatFraction(q)).toBe(String(number));
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});

describe('roundTo', () => {
  it('rounds half away from zero', () => {
    const round = (text: string) => roundTo(2, new Fraction(text)).text;
    expect(['1.25', '-1.25', '1.2499', '99.5', '0.995'].map(round)).toEqual([
      ...['1.3', '-1.3', '1.2', '100', '1'],
    ]);
  });

  it('says whether it had to', () => {
    expect(roundTo(2, new Fraction('1.2')).isExact).toBe(true);
    expect(roundTo(2, new Fraction('1.21')).isExact).toBe(false);
    expect(roundTo(2, new Fraction(121)).isExact).toBe(false);
    expect(roundTo(2, new Fraction(120)).isExact).toBe(true);
  });
});
