import { createRequire } from 'node:module';
import { spawnExperiment } from './spawnExperiment.ts';

const isInstalled = () => {
  try {
    return createRequire(__filename).resolve('@vladmandic/human') !== '';
  } catch {
    return false;
  }
};

describe('experiment:models', () => {
  const run = () => spawnExperiment('models', ['--backend', 'wasm', '--quick']);

  if (isInstalled()) {
    it('finds outputs equal to the bit', () => {
      const { stdout, claims, failed, status } = run();
      expect(claims).toHaveLength(2);
      expect(failed).toEqual([]);
      expect(status).toBe(0);
      expect(stdout).toMatch(/centernet on wasm +\d/);
    }, 120_000);
  } else {
    it('says in one line what to install', () => {
      const { stdout, stderr, status } = run();
      const command = 'npm install --no-save @vladmandic/human';
      expect(stderr).toBe(`experiment:models needs @vladmandic/human: ${command}\n`);
      expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    });
  }
});
