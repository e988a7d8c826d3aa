import { golden } from './golden.ts';
import { onOtherBackends } from './onOtherBackends.ts';

describe('experiment:precision', () => {
  const { claims, failed } = golden('precision');
  onOtherBackends('precision');

  it('shows what rounding explains, and the best step before the wall, by 10 claims', () => {
    expect(claims).toHaveLength(10);
    expect(failed).toEqual([]);
    for (const claim of [
      '✓ No sample changes which rows are selected',
      '✓ No entry of the two tables differs by more than the samples do',
      '✓ For Σ v², the longest step before the wall, 2⁻³, has the smallest error',
    ]) {
      expect(claims).toContain(claim);
    }
  });
});
