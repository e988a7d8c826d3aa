import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnExperiment } from './spawnExperiment.ts';
import type { SpawnOptions } from './spawnScript.ts';

const folder = mkdtempSync(join(tmpdir(), 'topk-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const seed = (args: string[], options?: SpawnOptions) =>
  spawnExperiment('seed', ['--backend', 'cpu', ...args], options);
const solve = (problem: unknown) => {
  const file = join(folder, 'mine.json');
  writeFileSync(file, JSON.stringify(problem));
  return seed(['--input', file]);
};

describe('npm start', () => {
  it('solves other problems, without the thread’s tables', () => {
    const W = [
      [1, 0, 2],
      [0, 3, 1],
    ];
    const { stdout, stderr, status } = solve({ W, x: [1, -1, 2], k: 1 }); // y = [5, -1]
    expect(stdout).toContain('tensor([ 5., -1.])');
    expect(stdout).toContain('tensor([[ 10., -10.,  20.],\n        [  0.,   0.,   0.]])'); // 2·5·x
    expect(stdout).toContain('## Answer');
    expect(stdout).toMatch(/Claims: 4 ✓, 0 ✗\n$/);
    expect(stdout).not.toContain('W2.grad');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each([
    ['k = 0', { W: [[1], [2]], x: [3], k: 0 }, 'differentiable'],
    ['k = n', { W: [[1], [2]], x: [3], k: 2 }, 'differentiable'],
    ['a single number', { W: [[2]], x: [3], k: 1 }, 'differentiable'],
    [
      'a tie',
      { W: [[1], [1]], x: [3], k: 1 },
      'not differentiable in y: an entry that is not selected ties with the k-th',
    ],
    [
      'a tie at zero',
      { W: [[1], [1]], x: [0], k: 1 },
      'differentiable (a tie, if there is one, is at zero)',
    ],
    [
      'a tie within rounding error',
      {
        W: [
          [0.1, 0.6, 0.7],
          [0.7, 0.6, 0.1 + 1e-7],
        ],
        x: [1, 1, 1],
        k: 1,
      },
      'unknown: the margin is within the rounding error of y',
    ],
  ])('says whether the loss is differentiable for %s', (_, problem, answer) => {
    const { stdout, status } = solve(problem);
    expect(stdout).toContain(`Out[8]: ${answer}\n`);
    expect(stdout).toMatch(/Claims: 4 ✓, 0 ✗\n$/);
    expect(status).toBe(0);
  });

  it('reads W and x from CSV files', () => {
    const [W, x] = ['W.csv', 'x.csv'].map((name) => join(folder, name));
    writeFileSync(W, '1,0\n0,3\n2,2\n'); // y = [1, 6, 6]
    writeFileSync(x, '1\n2\n');
    const { stdout, status } = seed(['--w', W, '--x', x, '--k', '2']);
    expect(stdout).toContain('tensor([1., 6., 6.])');
    expect(stdout).toContain('tensor([[ 0.,  0.],\n        [12., 24.],\n        [12., 24.]])');
    expect(status).toBe(0);
  });

  it('exits with status 1 if a claim fails, here because of a rule that doubles the gradient', () => {
    const preload = require.resolve('./fixtures/doubledGradient.js');
    const { failed, status } = seed([], { preload });
    expect(failed).toEqual(
      expect.arrayContaining([
        '✗ The two formulations give the same dL/dW (8388608 ULP apart; at most 4 allowed)',
        '✗ All 36 entries of dL/dW, by either formulation, equal the printed W2.grad ' +
          '(found [ 18, 36 ], expected [ 36, 36 ])',
      ]) as string[],
    );
    expect(status).toBe(1);
  });

  it('exits with status 2 and prints one line if the input is invalid', () => {
    const { stdout, stderr, status } = solve({ W: [[1, 2], [3]], x: [1, 2], k: 1 });
    expect(stderr).toMatch(/^.*mine\.json: W\[1\]: all rows of W must have the same length; .*\n$/);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  });
});
