import { golden, holdsElsewhere } from './golden.ts';

describe('experiment:jacobian', () => {
  const { claims } = golden('jacobian');
  holdsElsewhere('jacobian');

  it('shows the Jacobian, the Hessian and the third order, by 14 claims', () => {
    expect(claims).toHaveLength(14);
    expect(claims.filter((line) => line.startsWith('✗'))).toEqual([]);
    for (const figure of [
      '✓ the Jacobian of top-k is P, to the bit: 0 ULP',
      '✓ λ = 2‖x‖²: 2.642141 ',
      '✓ eigenvalues that are λ: 3 ',
      '✓ third derivatives of Σ v³: 0 ULP',
      '✓ entries that fail: 0 ',
    ]) {
      expect(claims.filter((line) => line.startsWith(figure))).toHaveLength(1);
    }
  });
});
