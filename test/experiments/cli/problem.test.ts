import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problem } from '../../../experiments/cli/problem.ts';
import { UsageError } from '../../../experiments/cli/UsageError.ts';
import thread from '../../../experiments/thread.json';

const folder = mkdtempSync(join(tmpdir(), 'topk-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const path = (name: string) => join(folder, name);
const write = (name: string, text: string) => {
  writeFileSync(path(name), text);
  return path(name);
};
const json = (content: unknown) => ({ input: write('q.json', JSON.stringify(content)) });
const csv = (w: string, x: string, k = '1') => ({ w: write('W.csv', w), x: write('x.csv', x), k });

const W = [
  [1, 0, 2],
  [0, 3, 1],
];
const x = [1, -1, 2];

describe('problem', () => {
  it('is the thread’s without files', () => {
    expect(problem({})).toBe(thread);
  });

  it.each([
    ['JSON', () => json({ W, x, k: 1 })],
    [
      'JSON with a byte order mark',
      () => ({ input: write('q.json', `\uFEFF${JSON.stringify({ W, x, k: 1 })}`) }),
    ],
    ['CSV, x in a row', () => csv('1,0,2\n0,3,1\n', '1,-1,2\n')],
    ['CSV, x in a column', () => csv('\uFEFF1, 0, 2\r\n0, 3, 1\r\n', '1\n-1\n\n2')],
  ])('is read from %s', (_, files) => {
    expect(problem(files())).toEqual({ W, x, k: 1 });
  });

  it.each([
    ['a missing file', () => ({ input: path('no.json') }), 'no.json: no such file'],
    ['a folder', () => ({ input: folder }), 'cannot be read: EISDIR'],
    [
      'text that is not JSON',
      () => ({ input: write('q.json', '{"W": [[1,\n 2]') }),
      'q.json: invalid JSON: ',
    ],
    ['JSON without W', () => json({ x, k: 1 }), 'q.json: W must be an array of rows, [[…], …]'],
    ['JSON null', () => json(null), 'q.json: must be an object, {"W":'],
    ['a JSON array', () => json([1]), 'q.json: must be an object, {"W":'],
    [
      'deep nesting',
      () => ({
        input: write('q.json', `{"W": [[${'['.repeat(1e5)}${']'.repeat(1e5)}]], "x": [1], "k": 1}`),
      }),
      'q.json: W[0][0]: must be a finite float32, got [Array]',
    ],
    [
      'Infinity in CSV',
      () => csv('1,Infinity\n', '1,2'),
      'W.csv: line 1, column 2: must be a finite float32, got Infinity',
    ],
    [
      'y that overflows',
      () =>
        json({
          W: [
            [1, 2],
            [3e38, 3e38],
          ],
          x: [1, 1],
          k: 1,
        }),
      'q.json: W and x are too large: the loss or its gradient may overflow float32',
    ],
    [
      'W that is not a matrix',
      () => json({ W: [1, 2], x, k: 1 }),
      'q.json: W must be an array of rows, [[…], …]',
    ],
    [
      'W without rows',
      () => json({ W: [], x, k: 1 }),
      'q.json: W must have at least one row and one column',
    ],
    [
      'x that is not an array',
      () => json({ W, x: 1, k: 1 }),
      'q.json: x must be an array of numbers, […]',
    ],
    [
      'ragged rows',
      () => json({ W: [[1, 2], [3]], x, k: 1 }),
      'q.json: W[1]: all rows of W must have the same length; got length 1, but the first row has length 2',
    ],
    [
      'x that does not fit W',
      () => json({ W, x: [1, 2], k: 1 }),
      'q.json: x must have as many entries as W has columns; got 2 for 3',
    ],
    [
      'text in a cell',
      () => json({ W: [[1, 'a', 2]], x, k: 1 }),
      "q.json: W[0][1]: must be a finite float32, got 'a'",
    ],
    [
      'null in a cell',
      () => json({ W, x: [1, null, 2], k: 1 }),
      'q.json: x[1]: must be a finite float32, got null',
    ],
    [
      'a number beyond float32',
      () => json({ W, x: [1, 1e39, 2], k: 1 }),
      'q.json: x[1]: must be a finite float32, got 1e+39',
    ],
    ['k above n', () => json({ W, x, k: 3 }), 'q.json: k must be an integer in [0, 2], got 3'],
    ['k below 0', () => json({ W, x, k: -1 }), 'q.json: k must be an integer in [0, 2], got -1'],
    [
      'k that is not an integer',
      () => json({ W, x, k: 1.5 }),
      'q.json: k must be an integer in [0, 2], got 1.5',
    ],
    ['k as text', () => json({ W, x, k: '1' }), "q.json: k must be an integer in [0, 2], got '1'"],
    ['no k', () => json({ W, x }), 'q.json: k must be an integer in [0, 2], got undefined'],
    [
      'CSV with ragged rows',
      () => csv('1,2\n\n3\n', '1,2'),
      'W.csv: line 3: all rows of W must have the same length; got length 1, but the first row has length 2',
    ],
    [
      'CSV with text in a cell',
      () => csv('1,2\n3,b\n', '1,2'),
      "W.csv: line 2, column 2: must be a finite float32, got 'b'",
    ],
    [
      'CSV with NaN in x',
      () => csv('1,2\n3,4\n', '1\nNaN\n'),
      "x.csv: line 2, column 1: must be a finite float32, got 'NaN'",
    ],
    [
      'CSV with an empty cell',
      () => csv('1,\n3,4\n', '1,2'),
      "W.csv: line 1, column 2: must be a finite float32, got ''",
    ],
    ['an empty CSV', () => csv('', '1,2'), 'W.csv: W must have at least one row and one column'],
    ['CSV with an open quote', () => csv('1,"2\n', '1,2'), 'W.csv: invalid CSV: Quote Not Closed'],
    [
      'x in several rows',
      () => csv('1,2\n', '1,2\n3,4\n'),
      'x.csv: line 1: x must be a single row or a single column',
    ],
    [
      '--k as text',
      () => csv('1,2\n', '1,2', 'three'),
      "--k must be an integer in [0, 1], got 'three'",
    ],
    ['--w without --x', () => ({ w: path('W.csv') }), '--w, --x and --k must be given together'],
    [
      '--input with --k',
      () => ({ input: path('q.json'), k: '1' }),
      '--input cannot be combined with --w, --x or --k',
    ],
  ])('rejects %s in one line', (_, files, message) => {
    const attempt = () => problem(files());
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow('\n');
  });
});
