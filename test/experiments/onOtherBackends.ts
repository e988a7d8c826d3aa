import { IS_WHOLE } from '../isWhole.ts';
import { spawnExperiment } from './spawnExperiment.ts';

/** Tests that every claim of an experiment holds on the other backends of Node, if WHOLE=1. */
export function onOtherBackends(name: string): void {
  for (const backend of ['wasm', 'tensorflow']) {
    const title = `holds every claim on ${backend}`;
    if (!IS_WHOLE) {
      it.skip(`${title} (with WHOLE=1)`, () => undefined);
      continue;
    }
    const { stdout, stderr, status, failed } = spawnExperiment(name, ['--backend', backend]);
    const isInstalled = !stderr.includes('does not start');
    (isInstalled ? it : it.skip)(title, () => {
      expect(stdout).toMatch(new RegExp(`^Backend: ${backend}`));
      expect(failed).toEqual([]);
      expect(status).toBe(0);
    });
  }
}
