import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from '../run.ts';

const NOTEBOOKS = join(ROOT, 'notebooks');

/**
 * Runs an experiment, on cpu unless said, and checks that it prints its log, `<name>.log` beside this file, and saves
 * what notebooks/ has of it. To renew these after a change that you have read: npm run notebooks
 */
export function golden(name: string, backend = 'cpu'): { stdout: string; claims: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'notebooks-'));
  const words = [name, '--backend', backend, '--save', folder];
  const { stdout, stderr, status } = run('experiments/run.ts', ...words);
  const log = stdout.replaceAll(folder, 'notebooks');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it(`prints the log ${name}.log`, () => {
    expect(log).toBe(readFileSync(join(__dirname, `${name}.log`), 'utf8'));
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('saves the same notebook, page and charts, byte for byte, as notebooks/ has', () => {
    const isOfIt = (file: string) => new RegExp(`^${name}(-\\d+)?\\.`).test(file);
    const [saved, kept] = [folder, NOTEBOOKS].map((from) => readdirSync(from).filter(isOfIt));
    expect(saved).toEqual(kept);
    expect(saved).toEqual(expect.arrayContaining([`${name}.html`, `${name}.ipynb`]));
    const read = (from: string, file: string) => readFileSync(join(from, file), 'utf8');
    const outOfDate = saved.filter((file) => read(folder, file) !== read(NOTEBOOKS, file));
    expect({ outOfDate, renewBy: 'npm run notebooks' }).toEqual({
      outOfDate: [],
      renewBy: 'npm run notebooks',
    });
  });
  return { stdout: log, claims: claimsOf(log) };
}

/** Checks that every claim of an experiment holds on the other backends of Node. */
export function holdsElsewhere(name: string): void {
  for (const backend of ['wasm', 'tensorflow']) {
    const { stdout, stderr, status } = run('experiments/run.ts', name, '--backend', backend);
    const isInstalled = !stderr.includes('does not start');
    (isInstalled ? it : it.skip)(`holds every claim on ${backend}`, () => {
      expect(stdout).toMatch(new RegExp(`^Backend: ${backend}`));
      expect(claimsOf(stdout).filter((line) => line.startsWith('✗'))).toEqual([]);
      expect(status).toBe(0);
    });
  }
}

function claimsOf(stdout: string): string[] {
  return stdout.split('\n').filter((line) => /^[✓✗]/.test(line));
}
