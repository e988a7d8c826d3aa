import { notebook } from '../../src/notebook/notebook.ts';
import { run } from '../run.ts';

const script = (name: string) => run(`test/notebook/scripts/${name}.ts`);

describe('notebook', () => {
  it('prints prose, the source of each cell, its outputs, and the count of claims', () => {
    const { stdout, status } = script('outputs');
    expect(stdout).toBe(`Backend: cpu (TensorFlow.js 4.22.0)

A cell that shows nothing is printed with the next one.

In [1]: import '@tensorflow/tfjs';
   ...: import { notebook } from '../../../src/notebook/notebook.ts';
   ...:
   ...: const { show, claim } = notebook(__filename);

In [2]: const twice = (a: number) => {
   ...:   show(2 * a);
   ...: };

In [3]: twice(1);
   ...: twice(2);
Out[3]: 2
Out[3]: 4

In [4]: claim('one is at most two', { found: 1, atMost: 2 });
✓ one is at most two: 1 (at most 2)

The end.

Claims: 1 ✓, 0 ✗
`);
    expect(status).toBe(0);
  });

  it('ends with status 1 after a false claim', () => {
    const { stdout, status } = script('falseClaim');
    expect(stdout).toContain('✗ three is at most two: 3 (at most 2)\n\nClaims: 0 ✓, 1 ✗\n');
    expect(status).toBe(1);
  });

  it('does not print the cells that a script which exits early has not run', () => {
    const { stdout, status } = script('endsEarly');
    expect(stdout).toContain('Out[1]: first\n');
    expect(stdout).not.toContain('Never reached');
    expect(status).toBe(0);
  });

  it('refuses a call from outside the script', () => {
    const elsewhere = notebook(require.resolve('./scripts/outputs.ts'));
    expect(() => {
      elsewhere.show(1);
    }).toThrow('show and claim must be called from');
  });
});
