import { run } from '../run.ts';

describe('experiment:sparse-autoencoder', () => {
  it('finds the dictionary, by the same steps as the dense gradient', () => {
    const { stdout } = run('experiments/run.ts', 'sparse-autoencoder', '--backend', 'wasm');
    const claims = stdout.split('\n').filter((line) => /^[✓✗]/.test(line));
    expect(claims).toHaveLength(4);
    expect(claims.filter((line) => line.startsWith('✗'))).toEqual([]);
    expect(stdout).toMatch(/row-sparse gradient +\d+\.\d/);
  }, 240_000);
});
