import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../run.ts';

/** The other charts are compared with those in notebooks/, by golden.ts. */
describe('the charts of runs that differ from time to time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'charts-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const { stderr } = run('test/experiments/charts/drawCharts.ts', folder);

  it.each(['speed', 'masks', 'training'])('draws %s.svg, byte for byte', (name) => {
    expect(stderr).toBe('');
    const read = (from: string) => readFileSync(join(from, `${name}.svg`), 'utf8');
    expect(read(folder)).toBe(read(__dirname));
    expect(readdirSync(folder)).toHaveLength(3);
  });
});
