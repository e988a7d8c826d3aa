import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { notebook } from '../../../experiments/notebook/notebook.ts';
import { spawnScript, type SpawnOptions } from '../spawnScript.ts';

const spawn = (name: string, args?: string[], options?: SpawnOptions) =>
  spawnScript(`test/experiments/notebook/scripts/${name}.ts`, args, options);

describe('notebook', () => {
  const outputs = spawn('outputs');

  it('prints prose, the source of each cell, its outputs, and the count of claims', () => {
    expect(outputs.stdout).toBe(`Backend: cpu (TensorFlow.js 4.22.0)

A cell that shows nothing is printed with the next one that does.

In [1]: import '@tensorflow/tfjs';
   ...: import { notebook } from '../../../../experiments/notebook/notebook.ts';
   ...:
   ...: const { show, claim, plot } = notebook(__filename);

In [2]: const twice = (a: number) => {
   ...:   show(2 * a);
   ...: };

In [3]: twice(1);
   ...: twice(2);
Out[3]: 2
Out[3]: 4

In [4]: claim('One is at most two', { found: 1, atMost: 2 });
   ...: plot('A chart', () => {
   ...:   throw new Error('must not be drawn');
   ...: });
✓ One is at most two (1; at most 2 allowed)
Chart: A chart (--save draws it)

The end.

Claims: 1 ✓, 0 ✗
`);
    expect(outputs.status).toBe(0);
  });

  it('prints in colour if FORCE_COLOR asks for it, but not to a file', () => {
    const { stdout } = spawn('outputs', [], { env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain('\x1b[32mIn [1]: \x1b[39m');
    expect(stdout).toContain('\x1b[31mOut[3]:\x1b[39m 2');
    expect(stripVTControlCharacters(stdout)).toBe(outputs.stdout);
  });

  it('does not print the cells that a script has not run when it exits', () => {
    const { stdout, status } = spawn('endsEarly');
    expect(stdout).toContain('Out[1]: first\n');
    expect(stdout).not.toContain('Never reached');
    expect(status).toBe(0);
  });

  it('rejects a call from outside the script', () => {
    const elsewhere = notebook(require.resolve('./scripts/outputs.ts'));
    expect(() => {
      elsewhere.show(1);
    }).toThrow('show, claim and plot must be called from');
  });
});

describe('notebook with a folder to save to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'notebook-'));
  const path = (name: string) => join(folder, name);
  const { stdout, status } = spawn('saved', [folder]);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('saves notebook, page and chart, and prints where the chart is', () => {
    expect(readdirSync(folder).sort()).toEqual([
      '.tfjs-topk-grad.json',
      ...['saved-1.svg', 'saved.html', 'saved.ipynb'],
    ]);
    expect(stdout).toContain(`Chart: Only "axes" & <title> (${path('saved-1.svg')})\n`);
    const svg = readFileSync(path('saved-1.svg'), 'utf8');
    expect(svg).toContain('aria-label="Only &quot;axes&quot; &amp; &lt;title&gt;"');
    expect(readFileSync(path('saved.html'), 'utf8')).toContain(svg.trim());
    const { cells } = JSON.parse(readFileSync(path('saved.ipynb'), 'utf8')) as {
      cells: { execution_count?: number; outputs?: object[] }[];
    };
    expect(cells.map(({ execution_count }) => execution_count)).toEqual([undefined, 1, 2]);
    expect(cells[2].outputs).toMatchObject([
      { output_type: 'execute_result', data: { 'text/html': expect.any(Array) as object } },
      { output_type: 'stream' }, // the claims and the title of the chart
      { output_type: 'display_data' },
    ]);
  });

  it('exits with status 1 because a claim fails', () => {
    expect(stdout).toContain('✗ <b>Three</b> is at most two (3; at most 2 allowed)\n');
    expect(stdout).toMatch(/\n\nClaims: 1 ✓, 1 ✗\n$/);
    expect(status).toBe(1);
  });

  it('escapes all content of the page', () => {
    const page = readFileSync(path('saved.html'), 'utf8');
    expect(page).not.toMatch(/<script|<img|<b>|<title>\)/);
    expect(page).toContain('&lt;script&gt;alert(&quot;text&quot;)&lt;/script&gt;');
  });

  it('exits with status 2 and one line if it cannot write, after the whole log', () => {
    writeFileSync(path('file'), '');
    const failed = spawn('saved', [path('file/in')]);
    expect(failed.stderr).toMatch(/^\S+file.in cannot be written: [^\n]+\n$/);
    expect(failed.status).toBe(2);
    expect(failed.stdout).toBe(stdout.replace(path('saved-1.svg'), path('file/in/saved-1.svg')));
  });
});
