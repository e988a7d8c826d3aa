import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnExperiment } from './spawnExperiment.ts';
import { ROOT } from './spawnScript.ts';

const NOTEBOOKS = join(ROOT, 'notebooks');

/**
 * Runs an experiment, and compares its log with `<name>.log` in this folder, and the notebook and
 * charts that it saves with those in notebooks/. After a change that you have read, `npm run
 * notebooks` updates these files.
 */
export function golden(name: string, backend = 'cpu') {
  const folder = mkdtempSync(join(tmpdir(), 'notebooks-'));
  const args = ['--backend', backend, '--save', folder];
  const { stdout, stderr, status, claims, failed } = spawnExperiment(name, args);
  const log = stdout.replaceAll(folder, 'notebooks');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it(`prints ${name}.log`, () => {
    expect(log).toBe(readFileSync(join(__dirname, `${name}.log`), 'utf8'));
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('saves a page, and byte for byte the notebook and the charts of notebooks/', () => {
    const files = (from: string) =>
      readdirSync(from).filter((file) => new RegExp(`^${name}(-\\d+)?\\.`).test(file));
    const read = (from: string, file: string) => readFileSync(join(from, file), 'utf8');
    expect(files(folder)).toEqual(
      expect.arrayContaining([`${name}.html`, `${name}.ipynb`]) as string[],
    );
    const saved = files(folder).filter((file) => !file.endsWith('.html'));
    expect(saved).toEqual(files(NOTEBOOKS));
    const outdated = saved.filter((file) => read(folder, file) !== read(NOTEBOOKS, file));
    expect({ outdated, updateWith: 'npm run notebooks' }).toEqual({
      outdated: [],
      updateWith: 'npm run notebooks',
    });
  });
  return { log, claims, failed };
}
