import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certify } from '../../experiments/exact/certify.ts';
import { describe as describeCertificate } from '../../experiments/exact/describe.ts';
import { IS_WHOLE } from '../isWhole.ts';
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

const CASES: [string, number[][], number[], number, string][] = [
  ['k = 0', [[1], [2]], [3], 0, 'differentiable in W, because k is 0'],
  ['a tie', [[1], [1]], [3], 1, 'not differentiable in W, because rows 0 and 1 tie at 3'],
  ['k = n', [[1], [2]], [3], 2, 'differentiable in W, because k is n'],
  ['a single number', [[2]], [3], 1, 'differentiable in W, because k is n'],
  ['x = 0', [[1], [1]], [0], 1, 'differentiable in W, because x is 0'],
  [
    'a margin below the rounding of y',
    [
      [1, 1e-9],
      [1, 0],
    ],
    [1, 1],
    1,
    'differentiable in W, because the margin is positive, 1e-9',
  ],
  [
    'a tie behind a cancellation',
    [
      [1e8, 1, -1e8],
      [1e8, 1, -1e8],
    ],
    [1, 1, 1],
    1,
    'not differentiable in W, because rows 0 and 1 tie at 1',
  ],
  [
    'products that underflow',
    [[1e-30], [2e-30]],
    [1e-30],
    1,
    'differentiable in W, because the margin is positive, 1e-60',
  ],
];

describe('npm start', () => {
  it('solves other problems, without the thread’s tables', () => {
    const W = [
      [1, 0, 2],
      [0, 3, 1],
    ];
    const { stdout, stderr, status } = solve({ W, x: [1, -1, 2], k: 1 }); // y = [5, -1]
    expect(stdout).toContain('tensor([ 5., -1.])');
    expect(stdout).toContain('tensor([[ 10., -10.,  20.],\n        [  0.,   0.,   0.]])'); // 2·5·x
    expect(stdout).toContain('\nVerdict: differentiable in W, because the margin is positive, 6');
    expect(stdout).toMatch(/Claims: 6 ✓, 0 ✗\n$/);
    expect(stdout).not.toContain('W2.grad');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each(CASES)('decides %s exactly', (_, W, x, k, verdict) => {
    expect(describeCertificate(certify({ W, x, k }))[0]).toContain(`Verdict: ${verdict}`);
  });

  it.each(IS_WHOLE ? CASES : CASES.slice(0, 2))(
    'says whether the loss is differentiable for %s (two cases without WHOLE=1)',
    (_, W, x, k, verdict) => {
      const { stdout, stderr, failed } = solve({ W, x, k });
      expect(stdout).toContain(`\nVerdict: ${verdict}`);
      expect(stdout).not.toContain('0.2709'); // the thread's margin
      expect({ stderr, failed }).toEqual({ stderr: '', failed: [] });
    },
  );

  it('says the same of x, and what rounding to float32 changes', () => {
    const equalRows = solve({
      W: [
        [1, 1],
        [1, 1],
        [0, 1],
      ],
      x: [1, 1],
      k: 1,
    }).stdout;
    expect(equalRows).toContain(
      '\nVerdict: not differentiable in W, because rows 0 and 1 tie at 2',
    );
    expect(equalRows).toContain('\nIn x: differentiable, because rows 0 and 1 tie at 2, but these');
    const decimals = solve({
      W: [
        [0.1, 0.2],
        [0.3, 0],
      ],
      x: [1, 1],
      k: 1,
    }).stdout;
    expect(decimals).toContain(
      '\nVerdict: not differentiable in W, because rows 0 and 1 tie at 0.3',
    );
    expect(decimals).toContain(
      '\nFor W and x rounded to float32, with Wx exact, the verdict changes: differentiable in W',
    );
  });

  it('says the same on every backend', () => {
    const file = join(folder, 'cancellation.json');
    writeFileSync(file, '{"W": [[1e8, 1, -1e8], [1e8, 1, -1e8]], "x": [1, 1, 1], "k": 1}');
    const logs = ['cpu', 'wasm'].map(
      (backend) => spawnExperiment('seed', ['--backend', backend, '--input', file]).stdout,
    );
    const [onCpu, onWasm] = logs.map((log) => /^Verdict: .*$/m.exec(log)?.[0]);
    expect(onCpu).toMatch(/^Verdict: not differentiable in W/);
    expect(onWasm).toBe(onCpu);
    // On wasm Wx is [0, 0], so it seems to tie at 0.
    expect(logs[1]).toContain(
      '\nFrom the computed Wx, which is rounded, the verdict would be wrong.',
    );
  });

  it.each(IS_WHOLE ? [200_000] : [5000])('answers for %i rows (200 000 with WHOLE=1)', (n) => {
    const W = Array.from({ length: n }, (_, i) => [(7919 * i) % n]); // a permutation of 0 … n − 1
    const { stdout, stderr, failed, status } = solve({ W, x: [1], k: 3 });
    expect(stdout).toContain('\nVerdict: differentiable in W, because the margin is positive, 1,');
    const [a, b, c] = [1, 2, 3].map((rank) => W.findIndex(([y]) => y === n - rank));
    expect(stdout).toContain(`\nSelected: rows ${String(a)}, ${String(b)} and ${String(c)}.\n`);
    expect({ stderr, failed, status }).toEqual({ stderr: '', failed: [], status: 0 });
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
