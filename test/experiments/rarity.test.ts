import { golden } from './golden.ts';

describe('experiment:rarity', () => {
  const { claims } = golden('rarity');

  it('shows that P(m < ε) is proportional to ε, by 6 claims', () => {
    expect(claims).toEqual([
      '✓ None of the 131072 margins is 0',
      '✓ c is 2.1105',
      expect.stringMatching(/^✓ The measured probabilities agree with the exact ones/),
      expect.stringMatching(/^✓ The slope is within 0.03 of 1/),
      expect.stringMatching(/^✓ At ε = 1\/64, each measured probability is c ε/),
      expect.stringMatching(/^✓ No measured probability exceeds the bound/),
    ]);
  });
});
