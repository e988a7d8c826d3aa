import { spawnScript } from './spawnScript.ts';

describe('experiment:rarity', () => {
  const { stdout, status } = spawnScript('experiments/rarity.ts');

  it('shows that P(m < ε) is proportional to ε, by 6 claims', () => {
    expect(stdout.split('\n').filter((line) => /^[✓✗] /.test(line))).toEqual([
      '✓ None of the 131072 margins is 0',
      '✓ c is 2.1105',
      expect.stringMatching(/^✓ The measured probabilities agree with the exact ones/),
      expect.stringMatching(/^✓ The slope is within 0.03 of 1/),
      expect.stringMatching(/^✓ At ε = 1\/64, each measured probability is c ε/),
      expect.stringMatching(/^✓ No measured probability exceeds the bound/),
    ]);
    expect(status).toBe(0);
  });
});
