import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.ts';

describe('experiment:backends', () => {
  // To renew it after a change that you have read: npm run --silent experiment:backends -- \
  //   --backend cpu > test/experiments/backends.log
  it('prints the log backends.log on cpu', () => {
    const { stdout, status } = run('experiments/run.ts', 'backends', '--backend', 'cpu');
    expect(stdout).toBe(readFileSync(join(__dirname, 'backends.log'), 'utf8'));
    expect(status).toBe(0);
  });

  it('marks what tfjs gets wrong, and nothing else', () => {
    const { stdout } = run('experiments/run.ts', 'backends', '--backend', 'wasm');
    const rows = stdout.split('\n').filter((line) => line.startsWith('≠'));
    expect(rows.map((row) => row.slice(3).split(/:| at /)[0])).toEqual([
      'NaN',
      'gradient of Σ v²',
      '… of one entry',
      '… by tf.gather',
    ]);
  });
});
