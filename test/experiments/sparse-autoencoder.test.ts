import { run } from '../run.ts';

describe('experiment:sparse-autoencoder', () => {
  it('finds the dictionary, by the same steps as the dense gradient', () => {
    const { stdout } = run('experiments/run.ts', 'sparse-autoencoder', '--backend', 'wasm');
    const claims = stdout.split('\n').filter((line) => /^[✓✗]/.test(line));
    const others = claims.filter((line) => !/^. time/.test(line)); // a benchmark's
    expect(others).toHaveLength(4);
    expect(others.filter((line) => line.startsWith('✗'))).toEqual([]);
    expect(stdout).toMatch(/row-sparse gradient +\d+\.\d/);
  }, 240_000);
});
