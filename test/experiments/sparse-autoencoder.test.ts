import { IS_WHOLE } from '../isWhole.ts';
import { spawnExperiment } from './spawnExperiment.ts';

describe('experiment:sparse-autoencoder', () => {
  const mode = IS_WHOLE ? [] : ['--quick'];
  it('takes the same steps as the dense gradient, and, run whole, finds the dictionary and digits', () => {
    const args = ['--backend', 'wasm', ...mode];
    const { stdout, claims, failed } = spawnExperiment('sparse-autoencoder', args);
    expect(claims).toHaveLength(IS_WHOLE ? 7 : 3);
    expect(failed).toEqual([]);
    expect(stdout).toMatch(/TopK and AuxK +\d+\.\d %/);
  }, 240_000);
});
