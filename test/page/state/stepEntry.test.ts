import { stepEntry, writeDecimal } from '../../../page/state/stepEntry.ts';

describe('stepEntry(text, steps)', () => {
  it.each([
    ['0.6699', 3, '0.6999'],
    ['1', -1, '0.99'],
    ['0.01', -1, '0'],
    ['-0.005', 1, '0.005'],
    ['99.99', 1, '100'],
    ['2500', 1, '2510'],
    ['1e6', -2, '980000'],
    ['0', 0, '0'],
  ])(
    'takes %s by %d steps of 0.01, or of 1 %% of its power of ten, to %s',
    (text, steps, result) => {
      expect(stepEntry(text, steps)).toBe(result);
    },
  );
});

describe('writeDecimal(value, decimals)', () => {
  it.each([
    [0.1 + 0.2, 4, '0.3'],
    [-0.00001, 2, '0'],
    [120, 0, '120'],
    [1e21, 2, '1e21'],
  ])('writes %d with at most %d decimals as %s', (value, decimals, text) => {
    expect(writeDecimal(value, decimals)).toBe(text);
  });
});
