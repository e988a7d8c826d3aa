import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IS_WHOLE } from '../isWhole.ts';
import { spawnExperiment } from './spawnExperiment.ts';

describe('experiment:speed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'speed-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  (IS_WHOLE ? it : it.skip)(
    'says in one line which required peers are missing, and runs nothing (with WHOLE=1)',
    () => {
      const args = ['--quick', '--save', join(folder, 'none'), '--peers'];
      const env = { PATH: '', TF_CPP_MIN_LOG_LEVEL: '3' };
      const { stdout, stderr, status } = spawnExperiment('speed', args, { env });
      expect(stderr).toMatch(
        /^PyTorch does not run: .+; install: pip install torch; .*JAX does not run/m,
      );
      expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
      expect(readdirSync(folder)).not.toContain('none');
    },
    60_000,
  );

  it('finds the same results by all contenders, and saves a chart and every sample', () => {
    const args = ['--quick', '--save', join(folder, 'new')];
    const { claims, failed, status } = spawnExperiment('speed', args);
    expect(claims).toHaveLength(3);
    expect(failed).toEqual([]);
    expect(status).toBe(0);

    expect(readdirSync(join(folder, 'new')).sort()).toEqual([
      '.tfjs-topk-grad.json',
      'speed-1.svg',
      'speed.html',
      'speed.ipynb',
      'speed.json',
    ]);
    const { machine, rounds, tasks } = JSON.parse(
      readFileSync(join(folder, 'new/speed.json'), 'utf8'),
    ) as {
      machine: string;
      rounds: number;
      tasks: { task: { id: string }; times: Record<string, number[][]> }[];
    };
    expect(machine).toContain(`Node ${process.versions.node}`);
    expect(rounds).toBe(1);
    expect(tasks.length).toBeGreaterThan(15);
    for (const { times } of tasks) {
      expect(Object.keys(times).length).toBeGreaterThanOrEqual(1);
      expect(
        Object.values(times)
          .flat(2)
          .every((time) => time > 0),
      ).toBe(true);
    }
    const svg = readFileSync(join(folder, 'new/speed-1.svg'), 'utf8');
    expect(svg).toMatch(/^<svg/);
    for (const name of ['this package, wasm', 'tfjs, cpu', 'one read of the data']) {
      expect(svg).toContain(name);
    }
  }, 120_000);
});
