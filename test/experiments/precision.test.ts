import { golden, holdsElsewhere } from './golden.ts';

describe('experiment:precision', () => {
  const { claims } = golden('precision');
  holdsElsewhere('precision');

  it('shows what rounding explains, and the best step before the wall, by 10 claims', () => {
    expect(claims).toHaveLength(10);
    expect(claims.filter((line) => line.startsWith('✗'))).toEqual([]);
    for (const figure of [
      '✓ samples in which other rows are selected: 0 ',
      '✓ entries of both tables that differ by more than any sample: 0 ',
      '✓ Σ v²: the longest step before the wall has the least error: 0.125 ',
    ]) {
      expect(claims.filter((line) => line.startsWith(figure))).toHaveLength(1);
    }
  });
});
