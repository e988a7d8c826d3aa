import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.ts';

/**
 * Runs an experiment on cpu, and checks that it prints its log, `<name>.log` beside this file.
 *
 * To renew the log after a change that you have read:
 * npm run --silent experiment:<name> -- --backend cpu > test/experiments/<name>.log
 */
export function golden(name: string): { claims: string[] } {
  const { stdout, stderr, status } = run('experiments/run.ts', name, '--backend', 'cpu');
  it(`prints the log ${name}.log`, () => {
    expect(stdout).toBe(readFileSync(join(__dirname, `${name}.log`), 'utf8'));
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });
  for (const backend of ['wasm', 'tensorflow']) {
    const other = run('experiments/run.ts', name, '--backend', backend);
    const isInstalled = !other.stderr.includes('does not start');
    (isInstalled ? it : it.skip)(`holds every claim on ${backend}`, () => {
      expect(other.stdout).toMatch(new RegExp(`^Backend: ${backend}`));
      expect(claimsOf(other.stdout).filter((line) => line.startsWith('✗'))).toEqual([]);
      expect(other.status).toBe(0);
    });
  }
  return { claims: claimsOf(stdout) };
}

function claimsOf(stdout: string): string[] {
  return stdout.split('\n').filter((line) => /^[✓✗]/.test(line));
}
