import { readEntry } from '../../../page/state/readEntry.ts';

describe('readEntry(text)', () => {
  it.each([
    [' +.50', '0.50'],
    ['5.', '5'],
    ['-007.25', '-7.25'],
    ['1E+05', '1e5'],
    ['3e-9', '3e-9'],
    ['0', '0'],
    ['-0', '-0'],
  ])('writes %j as JSON does: %s', (text, written) => {
    expect(readEntry(text)).toBe(written);
    expect(JSON.parse(written)).toBe(Number(text));
  });

  it('takes the true minus signs that the page writes', () => {
    expect(readEntry('−2.5e−3')).toBe('-2.5e-3');
  });

  it.each([
    ['', 'must be a decimal number, but is empty'],
    ['abc', 'must be a decimal number, got "abc"'],
    ['NaN', 'must be a decimal number, got "NaN"'],
    ['0,5', 'must be a decimal number, got "0,5"'],
    ['0x10', 'must be a decimal number, got "0x10"'],
    ['1e39', 'must be within ±3.4e38 to fit into float32, got 1e39'],
    ['1e9999', 'must have its digits within 1000 places of the decimal point, got "1e9999"'],
  ])('refuses %j: %s', (text, message) => {
    expect(() => readEntry(text)).toThrow(message);
  });
});
