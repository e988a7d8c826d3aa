import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.ts';

const SPEED = ['experiments/run.ts', 'speed', '--quick', '--save'] as const;

describe('experiment:speed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'speed-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('says in one line which peers are not there where they are needed, and runs nothing', () => {
    const env = { ...process.env, PATH: '', TF_CPP_MIN_LOG_LEVEL: '3' };
    const { stdout, stderr, status } = run(...SPEED, join(folder, 'none'), '--peers', { env });
    const missing =
      /^PyTorch is not there \(.+\); get it with: pip install torch; .*JAX is not there/m;
    expect(stderr).toMatch(missing);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(readdirSync(folder)).not.toContain('none');
  }, 60_000);

  it('finds the same by all contenders, and saves a chart and every sample', () => {
    const { stdout, status } = run(...SPEED, join(folder, 'new'));
    const claims = stdout.split('\n').filter((line) => /^[✓✗]/.test(line));
    expect(claims).toHaveLength(3);
    expect(claims.filter((line) => line.startsWith('✗'))).toEqual([]);
    expect(status).toBe(0);

    expect(readdirSync(join(folder, 'new')).sort()).toEqual([
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
