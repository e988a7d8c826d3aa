import fc from 'fast-check';
import { stepEntry, writeDecimal } from '../../../page/state/stepEntry.ts';

describe('stepEntry(text, steps)', () => {
  it.each([
    ['0.6699', 3, '0.6999'],
    ['1', -1, '0.99'],
    ['0.01', -1, '0'],
    ['-0.005', 1, '0.005'],
    ['99.99', 1, '100'],
    ['2500', 1, '2510'],
    ['2e6', -2, '1980000'],
    ['1e6', -2, '998000'],
    ['1e-7', 1, '0.0100001'],
    ['1e-7', 0, '1e-7'],
    ['0', 0, '0'],
  ])(
    'takes %s by %d steps of 0.01, or of 1 %% of its power of ten, to %s',
    (text, steps, result) => {
      expect(stepEntry(text, steps)).toBe(result);
    },
  );

  it('undoes a step away from 0 by a step back', () => {
    const texts = fc.oneof(
      fc.integer({ min: -2e7, max: 2e7 }).map((units) => String(units / 1000)),
      fc.constantFrom('99.995', '-100', '1000', '-999.5', '0.005', '1000000', '0'),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const step = Number(text) < 0 ? -1 : 1;
        expect(Number(stepEntry(stepEntry(text, step), -step))).toBe(Number(text));
      }),
    );
  });
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
