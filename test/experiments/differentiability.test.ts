import { golden, holdsElsewhere } from './golden.ts';

describe('experiment:differentiability', () => {
  const { claims } = golden('differentiability');
  holdsElsewhere('differentiability');

  it('shows where the loss is differentiable, by 25 claims', () => {
    expect(claims).toHaveLength(25);
    expect(claims.filter((line) => line.startsWith('✗'))).toEqual([]);
    for (const figure of [
      '✓ the margin: 0.270891 ',
      '✓ the radius in W: 0.166654 ',
      '✓ corners at 0.999 of margin / 2: 0 ',
      '✓ random steps of 0.999 of the radius that change it: 0 ',
      '✓ cases where the formula is not the slope: 0 ',
      '✓ over T they sum to 3, and not to r φ′(τ) = 2: 3 ',
      '✓ the central differences are an element of the subdifferential: false ',
      '✓ directions with a kink, Σ v²: 0 ',
      '✓ directions with a kink, Σ v: 1000 ',
      "✓ tf.max's gradient is an element of the subdifferential of the maximum: false ",
    ]) {
      expect(claims.filter((line) => line.startsWith(figure))).toHaveLength(1);
    }
  });
});
