import { IS_WHOLE } from '../isWhole.ts';
import { spawnExperiment } from './spawnExperiment.ts';

describe('experiment:checker', () => {
  it('finds few false alarms and misses, by 6 claims', () => {
    const mode = IS_WHOLE ? [] : ['--quick'];
    const { claims, failed, status } = spawnExperiment('checker', ['--backend', 'cpu', ...mode]);
    expect(claims).toHaveLength(6);
    expect(failed).toEqual([]);
    expect(status).toBe(0);
  }, 1_200_000);
});
