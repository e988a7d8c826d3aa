import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { notebook } from '../../../experiments/notebook/notebook.ts';
import { run } from '../../run.ts';

const script = (name: string) => run(`test/experiments/notebook/scripts/${name}.ts`);

describe('notebook', () => {
  it('prints prose, the source of each cell, its outputs, and the count of claims', () => {
    const { stdout, status } = script('outputs');
    expect(stdout).toBe(`Backend: cpu (TensorFlow.js 4.22.0)

A cell that shows nothing is printed with the next one.

In [1]: import '@tensorflow/tfjs';
   ...: import { notebook } from '../../../../experiments/notebook/notebook.ts';
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

  describe('with a folder to save to', () => {
    const folder = mkdtempSync(join(tmpdir(), 'notebook-'));
    const path = (name: string) => join(folder, name);
    const { stdout, status } = run('test/experiments/notebook/scripts/saved.ts', folder);
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    it('writes notebook, page and chart, and says where the chart is', () => {
      expect(readdirSync(folder).sort()).toEqual(['saved-1.svg', 'saved.html', 'saved.ipynb']);
      expect(stdout).toContain(`Chart: nothing but "axes" & <title> (${path('saved-1.svg')})\n`);
      expect(stdout).toContain('Claims: 1 ✓, 1 ✗\n');
      expect(status).toBe(1);
      const svg = readFileSync(path('saved-1.svg'), 'utf8');
      expect(svg).toContain('aria-label="nothing but &quot;axes&quot; &amp; &lt;title&gt;"');
      expect(readFileSync(path('saved.html'), 'utf8')).toContain(svg.trim());
      const { cells } = JSON.parse(readFileSync(path('saved.ipynb'), 'utf8')) as {
        cells: { execution_count?: number; outputs?: object[] }[];
      };
      expect(cells.map(({ execution_count }) => execution_count)).toEqual([undefined, 1, 2]);
      expect(cells[2].outputs).toMatchObject([
        { output_type: 'execute_result', data: { 'text/html': expect.any(Array) as object } },
        { output_type: 'stream' }, // a claim, and the title of the chart
        { output_type: 'display_data' },
      ]);
    });

    it('removes the charts of an earlier run that had more, and no other file', () => {
      const others = ['saved-2.svg', 'saved-10.svg', 'saved-a.svg', 'other-2.svg'];
      for (const name of others) writeFileSync(path(name), '');
      run('test/experiments/notebook/scripts/saved.ts', folder);
      const left = readdirSync(folder).filter((name) => others.includes(name));
      expect(left.sort()).toEqual(['other-2.svg', 'saved-a.svg']);
      for (const name of left) rmSync(path(name));
    });

    it('lets nothing that was shown become a part of the page', () => {
      const page = readFileSync(path('saved.html'), 'utf8');
      expect(page).not.toMatch(/<script|<img|<b>|<title>\)/);
      expect(page).toContain('&lt;script&gt;alert(&quot;text&quot;)&lt;/script&gt;');
    });

    it('says in one line where it cannot write, with status 2, and prints its log all the same', () => {
      writeFileSync(path('file'), '');
      const failed = run('test/experiments/notebook/scripts/saved.ts', path('file/in'));
      expect(failed.stderr).toMatch(/^\S+saved-1\.svg cannot be written: [^\n]+\n$/);
      expect(failed.status).toBe(2);
      expect(failed.stdout).toBe(stdout.replace(path('saved-1.svg'), path('file/in/saved-1.svg')));
    });
  });

  it('draws nothing where it need not save, and says how to', () => {
    expect(script('saved').stdout).toContain(
      'Chart: nothing but "axes" & <title> (--save draws it)',
    );
  });

  it('has colours where FORCE_COLOR asks for them, and not in a file', () => {
    const plain = script('outputs').stdout;
    const withColours = (env: object) =>
      run('test/experiments/notebook/scripts/outputs.ts', { env: { ...process.env, ...env } }).stdout;
    const coloured = withColours({ FORCE_COLOR: '1' });
    expect(coloured).toContain('\x1b[32mIn [1]: \x1b[39m');
    expect(coloured).toContain('\x1b[31mOut[3]:\x1b[39m 2');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
    expect(stripVTControlCharacters(plain)).toBe(plain);
    expect(withColours({ NO_COLOR: '1' })).toBe(plain);
  });
});
