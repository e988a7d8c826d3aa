import {
  format,
  formatDistinct,
  formatShort,
  subscript,
  withMinus,
} from '../../../page/view/format.ts';
import { stackLevels } from '../../../page/view/stackLevels.ts';

describe('format(value)', () => {
  it.each([
    [1.86337, '1.8634'],
    [-0.5, '−0.5000'],
    [0, '0'],
    [-0, '0'],
    [0.00001, '1.000e−5'],
    [123456, '1.235e5'],
    [-1e21, '−1.000e21'],
  ])('writes %d as %s', (value, text) => {
    expect(format(value)).toBe(text);
  });
});

describe('format(value, decimals, scale)', () => {
  it('writes what float32 would lose beside the scale as ≈ 0, and 0 as 0', () => {
    const texts = [-4e-42, 1e-8, 1e-6, 0].map((value) => format(value, 4, 2));
    expect(texts).toEqual(['≈ 0', '≈ 0', '1.000e−6', '0']);
  });
});

describe('formatShort(value)', () => {
  it('writes few digits, and ∞ in words', () => {
    const values = [0.2708908, -1e-9, 123456, -123456789, 1e21, Infinity];
    expect(values.map((value) => formatShort(value))).toEqual([
      '0.2709',
      '−1e−9',
      '123500',
      '−1.235e8',
      '1e21',
      'infinite',
    ]);
  });
});

describe('formatDistinct(values)', () => {
  it('writes so many digits as tell the numbers apart, and no more', () => {
    expect(formatDistinct([-0.5, 0, 0.5])).toEqual(['−0.5', '0', '0.5']);
    expect(formatDistinct([4, 4.001, 4.002])).toEqual(['4', '4.001', '4.002']);
    expect(formatDistinct([1, 1])).toEqual(['1', '1']);
    expect(formatDistinct([2e11, 2.5e11])).toEqual(['2e11', '2.5e11']);
  });
});

describe('withMinus(text)', () => {
  it('changes the hyphens before digits only', () => {
    expect(withMinus('rows 0 and 1 tie at -0.3e-5, in a one-sided way')).toBe(
      'rows 0 and 1 tie at −0.3e−5, in a one-sided way',
    );
  });
});

describe('subscript(name, index)', () => {
  it('writes indices below the line', () => {
    expect(subscript('y', 10)).toBe('y₁₀');
  });
});

describe('stackLevels(positions, near)', () => {
  it('puts dots that would overlap above one another, and others on the line', () => {
    expect(stackLevels([0, 5, 100, 7, 108], 10)).toEqual([0, 1, 0, 2, 1]);
    expect(stackLevels([3, 3, 3], 10)).toEqual([0, 1, 2]);
  });
});
