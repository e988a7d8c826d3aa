import { spawnExperiment } from './spawnExperiment.ts';

describe('experiment:operators', () => {
  it('finds the same by all contenders, and times them on both backends', () => {
    const args = ['--backend', 'wasm,cpu', '--quick'];
    const { stdout, claims, failed, status } = spawnExperiment('operators', args);
    expect(claims).toHaveLength(2); // the others are on time
    expect(failed).toEqual([]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/rowSparseGrads, SparseAdam +\d\S* +\d/);
  }, 60_000);
});
