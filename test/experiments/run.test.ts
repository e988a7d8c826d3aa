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
    expect(stdout).toMatch(/Claims: 3 ✓, 0 ✗\n$/);
    expect(stdout).not.toContain('W2.grad');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each([
    ['k = 0', { W: [[1], [2]], x: [3], k: 0 }, 'differentiable here'],
    ['k = n', { W: [[1], [2]], x: [3], k: 2 }, 'differentiable here'],
    ['a single number', { W: [[2]], x: [3], k: 1 }, 'differentiable here'],
    ['a tie', { W: [[1], [1]], x: [3], k: 1 }, 'not differentiable here: a tie at the cut'],
    ['a tie at zero', { W: [[1], [1]], x: [0], k: 1 }, 'differentiable here'],
  ])('answers it for %s', (_, question, answer) => {
    const { stdout, status } = ask(question);
    expect(stdout).toContain(`]: ${answer}\n`);
    expect(stdout).toMatch(/Claims: 3 ✓, 0 ✗\n$/);
    expect(status).toBe(0);
  });

  it('ends with status 1 where a claim is false: y overflows float32', () => {
    const { stdout, status } = ask({
      W: [
        [3e38, 3e38],
        [1, 1],
      ],
      x: [1, 1],
      k: 1,
    });
    expect(stdout).toContain('✗ both give the same dL/dW');
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
    expect({ stderr, status }).toEqual({ stderr: "there is no experiment 'sed'\n", status: 2 });
  });

  it('refuses a backend that it does not know', () => {
    const { stderr, status } = seed('--backend', 'gpu');
    const message = '--backend must be cpu, wasm or tensorflow, got gpu\n';
    expect({ stderr, status }).toEqual({ stderr: message, status: 2 });
  });

  describe('without @tensorflow/tfjs-node', () => {
    const { NODE_OPTIONS } = process.env;
    beforeAll(() => {
      process.env.NODE_OPTIONS = `--require ${require.resolve('../fixtures/withoutTfjsNode.js')}`;
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
        '--backend tensorflow is not installed; get it with: ' +
          'npm install --no-save @tensorflow/tfjs-node@4.22.0\n',
      );
      expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    });
  });
});
