import { golden } from './golden.ts';
import { onOtherBackends } from './onOtherBackends.ts';

describe('experiment:differentiability', () => {
  const { claims, failed } = golden('differentiability');
  onOtherBackends('differentiability');

  it('shows where the loss is differentiable, by 34 claims', () => {
    expect(claims).toHaveLength(34);
    expect(failed).toEqual([]);
    for (const claim of [
      '✓ The margin is 0.270891',
      '✓ The radius in W is 0.166654',
      '✓ No corner at 0.999 × margin / 2 changes the selection',
      '✓ No random step of 0.999 radii changes the selection',
      '✓ The formula for the directional derivative is exact in all 500 cases',
      '✓ The central differences over T sum to 3, although r φ′(τ) = 2',
      '✓ The vector of central differences is not in the subdifferential',
      '✓ The gradient of the selections made is not in the subdifferential of the batch',
      '✓ The even gradient is in the subdifferential of all 200 batches',
      '✓ In x, the even gradient is (2, −2), in the subdifferential',
      '✓ Σ v² has a kink in none of 1000 directions',
      '✓ Σ v has a kink in all 1000 directions',
      '✓ The gradient of tf.max is not in the subdifferential of the maximum',
    ]) {
      expect(claims).toContain(claim);
    }
  });
});
