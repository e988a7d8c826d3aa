import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from '../run.ts';

describe('experiment:seed', () => {
  const { stdout, stderr, status } = run('experiments/run.ts', 'seed', '--backend', 'cpu');

  // To renew it after a change that you have read: npm run --silent experiment:seed -- \
  //   --backend cpu > test/experiments/seed.log
  it('prints the log seed.log', () => {
    expect(stdout).toBe(readFileSync(join(__dirname, 'seed.log'), 'utf8'));
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('holds every claim', () => {
    const claims = stdout.split('\n').filter((line) => /^[✓✗]/.test(line));
    expect(claims).toHaveLength(10);
    expect(claims.filter((line) => line.startsWith('✗'))).toEqual([]);
  });

  it('prints the same as an ordinary script, run by ts-node or by tsx', () => {
    expect(run('experiments/seed.ts').stdout).toBe(stdout);
    const tsx = require.resolve('tsx/cli');
    const result = spawnSync(process.execPath, [tsx, join(ROOT, 'experiments/seed.ts')], {
      encoding: 'utf8',
    });
    expect(result.stdout).toBe(stdout);
  });

  it.each(['cpu', 'wasm'])('runs on %s if it is asked to', (backend) => {
    const log = run('experiments/run.ts', 'seed', '--backend', backend).stdout;
    expect(log.split('\n')[0]).toBe(`Backend: ${backend} (TensorFlow.js 4.22.0)`);
  });

  it('shows the real source of its cells', () => {
    const script = readFileSync(join(ROOT, 'experiments/seed.ts'), 'utf8').split('\n');
    const cellLine = /^(?:In \[\d+\]| +\.\.\.):(?: |$)/;
    const shown = stdout.split('\n').filter((line) => cellLine.test(line));
    expect(shown.length).toBeGreaterThan(60);
    expect(shown.filter((line) => !script.includes(line.replace(cellLine, '')))).toEqual([]);
  });
});
