import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.ts';

const folder = mkdtempSync(join(tmpdir(), 'topk-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const seed = (...args: string[]) => run('experiments/run.ts', 'seed', ...args);
const ask = (question: unknown) => {
  const file = join(folder, 'q.json');
  writeFileSync(file, JSON.stringify(question));
  return seed('--backend', 'cpu', '--input', file);
};

describe('npm start', () => {
  it('answers the question for other numbers, and leaves the thread’s tables out', () => {
    const W = [
      [1, 0, 2],
      [0, 3, 1],
    ];
    const { stdout, stderr, status } = ask({ W, x: [1, -1, 2], k: 1 }); // y = [5, -1]
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
    ['a tie', { W: [[1], [1]], x: [3], k: 1 }, 'not differentiable in y: a tie at the cut'],
    ['a tie at zero', { W: [[1], [1]], x: [0], k: 1 }, 'differentiable: a tie at zero, at most'],
    [
      'a tie that rounding hides',
      {
        W: [
          [0.1, 0.6, 0.7],
          [0.7, 0.6, 0.1 + 1e-7],
        ],
        x: [1, 1, 1],
        k: 1,
      },
      'not known: the margin is within the rounding of y',
    ],
  ])('answers it for %s', (_, question, answer) => {
    const { stdout, status } = ask(question);
    expect(stdout).toContain(`Out[8]: ${answer}\n`);
    expect(stdout).toMatch(/Claims: 4 ✓, 0 ✗\n$/);
    expect(status).toBe(0);
  });

  it('selects k entries of other numbers, from CSV files too', () => {
    const [W, x] = ['W.csv', 'x.csv'].map((name) => join(folder, name));
    writeFileSync(W, '1,0\n0,3\n2,2\n'); // y = [1, 6, 6]
    writeFileSync(x, '1\n2\n');
    const { stdout, status } = seed('--backend', 'cpu', '--w', W, '--x', x, '--k', '2');
    expect(stdout).toContain('tensor([1., 6., 6.])');
    expect(stdout).toContain('tensor([[ 0.,  0.],\n        [12., 24.],\n        [12., 24.]])');
    expect(status).toBe(0);
  });

  it('ends with status 1 where a claim is false: here, with a rule that doubles the gradient', () => {
    const { NODE_OPTIONS } = process.env;
    process.env.NODE_OPTIONS = `--require ${require.resolve('./fixtures/doubledGradient.js')}`;
    const { stdout, status } = seed('--backend', 'cpu');
    process.env.NODE_OPTIONS = NODE_OPTIONS ?? '';
    expect(stdout).toContain('✗ both give the same dL/dW: 8388608 ULP (at most 4)');
    expect(stdout).toContain('[ 18, 36 ] (expected [ 36, 36 ])');
    expect(status).toBe(1);
  });

  it('ends with one line and status 2 where the input is bad', () => {
    const { stdout, stderr, status } = ask({ W: [[1, 2], [3]], x: [1, 2], k: 1 });
    expect(stderr).toMatch(/^.*q\.json: W\[1\]: the rows of W must have the same length; .*\n$/);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  });

  it('tells of every option and exit status with --help', () => {
    const { stdout, status } = seed('--help');
    for (const part of ['--input', '--w', '--x', '--k', '--backend', '--help', 'Exit status']) {
      expect(stdout).toContain(part);
    }
    expect(status).toBe(0);
  });

  it('refuses an experiment that is not there', () => {
    const { stderr, status } = run('experiments/run.ts', 'sed');
    expect({ stderr, status }).toEqual({
      stderr:
        "there is no experiment 'sed'; there are seed, differentiability, jacobian, precision, backends, cost, speed, soft, sparse-autoencoder\n",
      status: 2,
    });
  });

  it('refuses a backend that it does not know', () => {
    const { stderr, status } = seed('--backend', 'gpu');
    const message = '--backend must be cpu, wasm or tensorflow, got gpu\n';
    expect({ stderr, status }).toEqual({ stderr: message, status: 2 });
  });

  describe('without @tensorflow/tfjs-node', () => {
    const { NODE_OPTIONS } = process.env;
    beforeAll(() => {
      process.env.NODE_OPTIONS = `--require ${require.resolve('./fixtures/withoutTfjsNode.js')}`;
    });
    afterAll(() => {
      process.env.NODE_OPTIONS = NODE_OPTIONS ?? '';
    });

    it('runs on wasm, the next fastest', () => {
      expect(seed().stdout.split('\n')[0]).toBe('Backend: wasm (TensorFlow.js 4.22.0)');
    });

    it('says how to get tensorflow where it is asked for', () => {
      const { stdout, stderr, status } = seed('--backend', 'tensorflow');
      expect(stderr).toBe(
        '--backend tensorflow does not start (hidden by withoutTfjsNode.js); get it with: ' +
          'npm install --no-save @tensorflow/tfjs-node@4.22.0, ' +
          'or where its download fails: npm run build:tensorflow\n',
      );
      expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    });
  });
});
