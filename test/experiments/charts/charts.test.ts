import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnScript } from '../spawnScript.ts';

// golden.ts compares the other charts with those in notebooks/.
describe('the charts of experiments whose results vary', () => {
  const folder = mkdtempSync(join(tmpdir(), 'charts-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const { stderr } = spawnScript('test/experiments/charts/drawCharts.ts', [folder]);

  it.each(['speed', 'masks', 'training', 'features'])(
    'are drawn as in %s.svg, byte for byte',
    (name) => {
      expect(stderr).toBe('');
      const read = (from: string) => readFileSync(join(from, `${name}.svg`), 'utf8');
      expect(read(folder)).toBe(read(__dirname));
      expect(readdirSync(folder)).toHaveLength(7); // and the manifest
    },
  );

  it('draws 200 000 numbers on a line as dots at a few hundred places', () => {
    const dots = readFileSync(join(folder, 'crowded.svg'), 'utf8').match(/<circle/g);
    expect(dots?.length).toBeGreaterThan(300);
    expect(dots?.length).toBeLessThan(420);
    const equal = readFileSync(join(folder, 'crowdedAtOnePlace.svg'), 'utf8').match(/<circle/g);
    expect(equal?.length).toBe(2); // one that is selected, one that is not
  });
});
