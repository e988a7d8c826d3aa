import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.ts';

describe('experiment:seed', () => {
  const { stdout, stderr, status } = run('experiments/run.ts', 'seed', '--backend', 'cpu');

  // To renew it after a change that you have read: npm run --silent experiment:seed -- \
  //   --backend cpu > test/experiments/seed.log
  it('prints the log seed.log', () => {
    expect(stdout).toBe(readFileSync(join(__dirname, 'seed.log'), 'utf8'));
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('holds every claim, with these figures', () => {
    expect(stdout.split('\n').filter((line) => /^[✓✗]/.test(line))).toEqual([
      '✓ both give the same dL/dW: 0 ULP (at most 4)',
      '✓ both give the same dL/dx: 0 ULP (at most 4)',
      '✓ dL/dWk is 2 v yᵀ: 0 ULP (at most 4)',
      '✓ W2.grad equals the printed table: 36 entries (expected 36)',
      '✓ x2.grad equals the printed table: 6 entries (expected 6)',
      '✓ the margin is 0.2709: 0.2709 (expected 0.2709)',
      '✓ W1.grad lies within its bound: 0.3338 of the bound (at most 1)',
      '✓ x1.grad lies within its bound: 0.3142 of the bound (at most 1)',
      '✓ rounding cannot change the selection: 2 max δ: 0.000639 (at most 0.2709)',
    ]);
  });

  it('shows the real source of its cells', () => {
    const script = readFileSync(join(__dirname, '../../experiments/seed.ts'), 'utf8').split('\n');
    const cellLine = /^(?:In \[\d+\]| +\.\.\.):(?: |$)/;
    const shown = stdout.split('\n').filter((line) => cellLine.test(line));
    expect(shown.length).toBeGreaterThan(60);
    expect(shown.filter((line) => !script.includes(line.replace(cellLine, '')))).toEqual([]);
  });
});
