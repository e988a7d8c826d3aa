import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from '../run.ts';
import { golden } from './golden.ts';

describe('experiment:seed', () => {
  const { stdout, claims } = golden('seed');

  it('holds every claim', () => {
    expect(claims).toHaveLength(10);
    expect(claims.filter((line) => line.startsWith('✗'))).toEqual([]);
  });

  it('prints the same as an ordinary script, run by ts-node or by tsx', () => {
    const unsaved = stdout.replace(/^(Chart: .*) \(notebooks.*\)$/gm, '$1 (--save draws it)');
    expect(run('experiments/seed.ts').stdout).toBe(unsaved);
    const tsx = require.resolve('tsx/cli');
    const result = spawnSync(process.execPath, [tsx, join(ROOT, 'experiments/seed.ts')], {
      encoding: 'utf8',
    });
    expect(result.stdout).toBe(unsaved);
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
