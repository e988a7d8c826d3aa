import { formatValue } from '../../src/util/formatValue.ts';

describe('formatValue', () => {
  it('shows numbers and text as they are written, and of all else the kind', () => {
    for (const [value, text] of [
      [-1.5, '-1.5'],
      [NaN, 'NaN'],
      [true, 'true'],
      ['a "b"', '"a \\"b\\""'],
      [null, 'null'],
      [undefined, 'undefined'],
      [[1, 2], 'Array'],
      [new Map(), 'Map'],
      [Object.create(null), 'object'],
      [Symbol('s'), 'symbol'],
      [() => 1, 'function'],
    ] as [unknown, string][]) {
      expect(formatValue(value)).toBe(text);
    }
  });

  it('cuts a long text after 40 characters', () => {
    expect(formatValue('1234567890'.repeat(5))).toBe(`"${'1234567890'.repeat(4)}"`);
  });
});
