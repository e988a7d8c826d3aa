import { spawnScript } from '../spawnScript.ts';

describe('experiment:checker', () => {
  it('finds few false alarms and misses, by 6 claims', () => {
    const { stdout, status } = spawnScript('experiments/checker.ts', ['--quick']);
    const claims = stdout.split('\n').filter((line) => /^[✓✗] /.test(line));
    expect(claims).toHaveLength(6);
    expect(claims.filter((line) => line.startsWith('✗'))).toEqual([]);
    expect(status).toBe(0);
  }, 240_000);
});
