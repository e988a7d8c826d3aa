import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IS_WHOLE } from '../isWhole.ts';
import { golden } from './golden.ts';
import { spawnExperiment } from './spawnExperiment.ts';
import { ROOT } from './spawnScript.ts';

describe('experiment:seed', () => {
  const { log, claims, failed } = golden('seed');

  it('runs on cpu, where 12 claims hold', () => {
    expect(log.split('\n')[0]).toBe('Backend: cpu (TensorFlow.js 4.22.0)');
    expect(claims).toHaveLength(12);
    expect(failed).toEqual([]);
  });

  it('runs on wasm, where the same 12 claims hold', () => {
    const onWasm = spawnExperiment('seed', ['--backend', 'wasm']);
    expect(onWasm.stdout.split('\n')[0]).toBe('Backend: wasm (TensorFlow.js 4.22.0)');
    expect(onWasm.claims).toHaveLength(12);
    expect(onWasm.failed).toEqual([]);
    expect(onWasm.status).toBe(0);
  });

  it('has the answer, its formula, the verdict, margin and radius on the first screen, 80 × 24', () => {
    const NPM_LINES = 4; // that npm prints first: the package and the command
    const rows = log.split('\n').flatMap((line) => line.match(/.{1,80}/gu) ?? ['']);
    const screen = rows.slice(0, 24 - NPM_LINES).join('\n');
    expect(screen).toContain('\n# Is the loss');
    expect(screen).toContain('**Yes, if and only if the margin is positive');
    expect(screen).toContain('  ∇L(W) = 2 (PᵀP y) xᵀ,');
    expect(screen).toContain('\nVerdict: differentiable in W');
    expect(screen).toContain('\nMargin: 0.2708908');
    expect(screen).toContain('\nRadius in W: 0.166654');
  });

  it.each(IS_WHOLE ? ['ts-node/dist/bin.js', 'tsx/cli'] : ['ts-node/dist/bin.js'])(
    'prints the same log as a plain script by %s (by tsx with WHOLE=1)',
    (bin) => {
      const args = [require.resolve(bin), join(ROOT, 'experiments/seed.ts')];
      const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      expect(stdout).toBe(log.replace(/^(Chart: .*) \(notebooks.*\)$/gm, '$1 (--save draws it)'));
    },
  );

  it('shows the real source of its cells', () => {
    const script = readFileSync(join(ROOT, 'experiments/seed.ts'), 'utf8').split('\n');
    const cellLine = /^(?:In \[\d+\]| +\.\.\.):(?: |$)/;
    const shown = log.split('\n').filter((line) => cellLine.test(line));
    expect(shown.length).toBeGreaterThan(60);
    expect(shown.filter((line) => !script.includes(line.replace(cellLine, '')))).toEqual([]);
  });
});
