import { run } from '../run.ts';

/** Its times are a benchmark's, and not tested here. */
const OF_TIME = /÷ tf\.sigmoid|÷ softTopk|time for/;

describe('experiment:soft', () => {
  it('finds the features that the hard mask misses, by 14 claims', () => {
    const { stdout } = run('experiments/run.ts', 'soft', '--backend', 'wasm');
    const claims = stdout.split('\n').filter((line) => /^[✓✗]/.test(line));
    expect(claims.filter((line) => OF_TIME.test(line))).toHaveLength(9);
    const others = claims.filter((line) => !OF_TIME.test(line));
    expect(others.filter((line) => line.startsWith('✗'))).toEqual([]);
    expect(others).toHaveLength(14);
    for (const figure of [
      '✓ scores that have moved: 0 ',
      '✓ the best scores by softTopk, logistic: [ 7, 1, 3 ]',
    ]) {
      expect(others.filter((line) => line.startsWith(figure))).toHaveLength(1);
    }
  }, 240_000);
});
