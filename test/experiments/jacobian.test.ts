import { golden } from './golden.ts';
import { onOtherBackends } from './onOtherBackends.ts';

describe('experiment:jacobian', () => {
  const { claims, failed } = golden('jacobian');
  onOtherBackends('jacobian');

  it('shows the Jacobian, the Hessian and third derivatives, by 14 claims', () => {
    expect(claims).toHaveLength(14);
    expect(failed).toEqual([]);
    for (const claim of [
      '✓ The Jacobian of top-k equals P exactly',
      '✓ λ = 2‖x‖² is 2.642141',
      '✓ H has k = 3 non-zero eigenvalues, each λ',
      '✓ The third derivatives of Σ v³ are exact',
      '✓ checkGrads accepts every derivative',
    ]) {
      expect(claims).toContain(claim);
    }
  });
});
