import { decimal } from '../../../experiments/exact/decimal.ts';

describe('decimal', () => {
  it.each([
    ['0.1', 1n, -1],
    ['-3.5E+2', -35n, 1],
    ['1e-9', 1n, -9],
    ['1e400', 1n, 400],
    ['+.50', 5n, -1],
    ['5.', 5n, 0],
    ['00120', 12n, 1],
    ['0.30', 3n, -1],
    ['10.010', 1001n, -2],
    [' 7\t', 7n, 0],
    ['-0', 0n, 0],
    ['0e7', 0n, 0],
    ['0e99999999999', 0n, 0],
    ['123456789012345678901234567890', 12345678901234567890123456789n, 1],
    [0.1 + 0.2, 30000000000000004n, -17],
    [1e21, 1n, 21],
    [5e-324, 5n, -324],
    [-0, 0n, 0],
  ])('reads %p', (entry, digits, exponent) => {
    expect(decimal.read(entry)).toEqual({ digits, exponent });
  });

  it.each([
    '',
    '.',
    '-',
    'e5',
    '1e',
    '1.5.2',
    '0x10',
    '0b11',
    '1,5',
    '1_000',
    '٣',
    '1 2',
    'Infinity',
  ])('refuses %j', (text) => {
    expect(() => decimal.read(text)).toThrow(`must be a decimal number, got "${text}"`);
  });

  it.each([NaN, Infinity, -Infinity])('refuses %p', (number) => {
    expect(() => decimal.read(number)).toThrow(`must be a decimal number, got "${String(number)}"`);
  });

  it('accepts 1000 places on each side of the decimal point, and no more', () => {
    const rule = 'must have its digits within 1000 places of the decimal point';
    expect(decimal.read(`1${'0'.repeat(999)}`)).toEqual({ digits: 1n, exponent: 999 });
    expect(decimal.read('9.9e999')).toEqual({ digits: 99n, exponent: 998 });
    expect(decimal.read(`0.${'0'.repeat(999)}1`)).toEqual({ digits: 1n, exponent: -1000 });
    for (const text of ['1e1000', '1e-1001', '12e999', '1.5e-1000', '1e999999999']) {
      expect(() => decimal.read(text)).toThrow(new RangeError(`${rule}, got "${text}"`));
    }
  });

  it('reads a long text in linear time, and shortens it in messages', () => {
    const zeros = '0'.repeat(1_000_000);
    expect(decimal.read(`${zeros}1.${zeros}`)).toEqual({ digits: 1n, exponent: 0 });
    expect(() => decimal.read(`1${zeros}1`)).toThrow(/got "10{39}…"$/);
    expect(() => decimal.read(`1${zeros}x`)).toThrow(/got "10{39}…"$/);
  });
});
