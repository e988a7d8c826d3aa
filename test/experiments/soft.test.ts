import { IS_WHOLE } from '../isWhole.ts';
import { spawnExperiment } from './spawnExperiment.ts';

/** Claims on time, which a busy machine may fail. */
const ON_TIME = /\(n = 1e5\)|linear in n/;

describe('experiment:soft', () => {
  const mode = IS_WHOLE ? [] : ['--quick'];
  it('finds the features that the hard mask misses, by 14 claims', () => {
    const { claims } = spawnExperiment('soft', ['--backend', 'wasm', ...mode]);
    expect(claims.filter((line) => ON_TIME.test(line))).toHaveLength(IS_WHOLE ? 9 : 0);
    const others = claims.filter((line) => !ON_TIME.test(line));
    expect(others.filter((line) => line.startsWith('✗'))).toEqual([]);
    expect(others).toHaveLength(14);
    for (const claim of [
      '✓ With the hard mask, no score changes',
      '✓ softTopk of kind logistic finds the features 7, 1, 3, in the order of their |weights|',
    ]) {
      expect(others).toContain(claim);
    }
  }, 240_000);
});
