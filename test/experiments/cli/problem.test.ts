import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
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
const write = (name: string, text: string | Buffer) => {
  writeFileSync(path(name), text);
  return path(name);
};
const text = (content: string) => ({ input: write('q.json', content) });
const json = (content: unknown) => text(JSON.stringify(content));
const csv = (w: string, x: string, k = '1') => ({ w: write('W.csv', w), x: write('x.csv', x), k });

type Files = Parameters<typeof problem>[0];
type Case = [title: string, files: () => Files, message: string | RegExp];

const W = [
  [1, 0, 2],
  [0, 3, 1],
];
const x = [1, -1, 2];

describe('problem', () => {
  it('is the thread’s without files', () => {
    expect(problem({})).toMatchObject(thread);
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
    const typed = { W: W.map((row) => row.map(String)), x: x.map(String) };
    expect(problem(files())).toEqual({ W, x, k: 1, typed });
  });

  it.each([
    [
      'JSON',
      () => ({
        input: write(
          'q.json',
          '{"7, \\"8": "1, 2\\\\", "W": [[0.10, 1E2,\n -2.50e-1]], "x": [1.0, -0, 0.1e1], "k": 1}',
        ),
      }),
    ],
    ['CSV', () => csv('0.10, 1E2,-2.50e-1\n', '1.0\n-0\n0.1e1\n')],
  ])('keeps the numbers of %s as they are typed', (_, files) => {
    const { W, x, typed } = problem(files());
    expect(W).toEqual([[0.1, 100, -0.25]]);
    expect(x).toEqual([1, -0, 1]);
    expect(typed).toEqual({ W: [['0.10', '1E2', '-2.50e-1']], x: ['1.0', '-0', '0.1e1'] });
  });

  it('reads JSON with a long string', () => {
    const note = 'a'.repeat(5e7);
    const input = write('q.json', `{"note": "${note}", "W": [[1]], "x": [2.0], "k": 1}`);
    expect(problem({ input }).typed).toEqual({ W: [['1']], x: ['2.0'] });
  });

  it('keeps the thread’s numbers as decimals', () => {
    const { typed } = problem({});
    expect(typed.W.map((row) => row.map(Number))).toEqual(thread.W);
    expect(typed.x[0]).toBe('0.1511');
  });

  it('answers 200 000 rows', () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => [i, 0.5]);
    const found = [
      problem(csv(rows.join('\n'), '1,2', '83')).W,
      problem(json({ W: rows, x: [1, 2], k: 83 })).W,
    ];
    // As texts, because toEqual visits every number.
    expect(found.map((W) => JSON.stringify(W) === JSON.stringify(rows))).toEqual([true, true]);
  });

  it.each<Case>([
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
      "W.csv: line 1, column 2: must be a finite float32, got 'Infinity'",
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
      'q.json: W and x are too large: the loss or its gradient may overflow float32; ' +
        '2n · max |Wx| · max(1, |Wx|, |W|, |x|) must be less than 3.4e38',
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
    ...['1e-400', '-1e-400', '0.99999999999999999999', '1e9999'].map((k): Case => [
      `k = ${k}`,
      () => ({ input: write('q.json', `{"W": [[1], [2]], "x": [1], "k": ${k}}`) }),
      `q.json: k must be an integer in [0, 2], got ${k}`,
    ]),
    ['k below 0', () => json({ W, x, k: -1 }), 'q.json: k must be an integer in [0, 2], got -1'],
    [
      'k that is not an integer',
      () => json({ W, x, k: 1.5 }),
      'q.json: k must be an integer in [0, 2], got 1.5',
    ],
    ['k as text', () => json({ W, x, k: '1' }), "q.json: k must be an integer in [0, 2], got '1'"],
    ['no k', () => json({ W, x }), 'q.json: k is missing'],
    ...['0x10', '0b11', '0o7', 'Infinity', '1 2', '1_000', '٣', '1e', '.', ''].flatMap(
      (text): Case[] => [
        [
          `the cell ${text}`,
          () => csv(`7,${text}\n`, '1,2'),
          /W\.csv: line 1(, column 2: must be a finite float32, got '|: seems to have spaces)/,
        ],
        [
          `--k ${text}`,
          () => csv('1,2\n', '1,2', text),
          `--k must be an integer in [0, 1], got '${text}'`,
        ],
      ],
    ),
    [
      '1e400 in JSON',
      () => ({ input: write('q.json', '{"W": [[1, 1e400]], "x": [1, 2], "k": 1}') }),
      /q\.json: W\[0\]\[1\]: must be a finite float32, got 1e400$/,
    ],
    [
      '1e400 in CSV',
      () => csv('1,1e400\n', '1,2'),
      /column 2: must be a finite float32, got 1e400$/,
    ],
    ['--k 1e400', () => csv('1,2\n', '1,2', '1e400'), /in \[0, 1\], got 1e400$/],
    [
      'digits that are too far from the point',
      () => csv('1,1e-5000\n', '1,2'),
      'column 2: must have its digits within 1000 places of the decimal point, got "1e-5000"',
    ],
    [
      'UTF-16',
      () => ({ input: write('q.json', Buffer.from('\uFEFF{"W": 1}', 'utf16le')) }),
      'q.json: seems to be UTF-16; save it as UTF-8 text',
    ],
    [
      'UTF-16 of the other order, without its mark',
      () => ({ input: write('q.json', Buffer.from('{"W": 1}', 'utf16le').swap16()) }),
      'q.json: seems to be UTF-16; save it as UTF-8 text',
    ],
    [
      'Latin-1',
      () => ({ input: write('q.json', Buffer.from('{"é": 1}', 'latin1')) }),
      'q.json: is not UTF-8 text',
    ],
    ...(
      [
        ['1;2\n3;4\n', 'semicolons as separators'],
        ['1,5; 2,5\n', 'semicolons as separators'],
        ['1\t2\n', 'tabs as separators'],
        ['1.5 2\n', 'spaces as separators'],
        ['"1,5","2"\n', 'decimal commas'],
      ] as const
    ).map(([text, found]): Case => [
      `${found} in ${JSON.stringify(text)}`,
      () => csv(text, '1,2'),
      `W.csv: line 1: seems to have ${found}; ` +
        'expected commas between numbers, and decimal points: 0.5,-2,1e-3',
    ]),
    [
      'a selection matrix that is too large',
      () => csv('1\n'.repeat(20_000), '1', '20000'),
      '--k must be at most 838 for 20000 rows (the selection matrix may have 2^24 entries, k · n), got 20000',
    ],
    [
      'too many entries',
      () => csv(`${'1,'.repeat(2 ** 11)}1\n`.repeat(2 ** 11), '1', '1'),
      'W.csv: must have at most 2^22 entries',
    ],
    [
      'too many entries in one row of JSON',
      () => text(`{"W": [[${'1,'.repeat(2 ** 22)}1]], "x": [1], "k": 1}`),
      'q.json: W must have at most 2^22 entries',
    ],
    [
      'too many brackets, before they take memory',
      () => text(`{"W": ${'['.repeat(2 ** 22 + 4)}`),
      'q.json: W must have at most 2^22 entries',
    ],
    [
      'too many entries in a line of CSV, before it is parsed',
      () => csv(`${'1,'.repeat(2 ** 22 + 1)}"`, '1', '1'),
      'W.csv: must have at most 2^22 entries',
    ],
    [
      'too many short rows, before they take memory',
      () => text(`{"W": [${'[1],'.repeat(2 ** 23)}[1]], "x": [1], "k": 1}`),
      'q.json: each of W and x must have at most 2^22 entries',
    ],
    [
      'a file that does not end',
      () => ({ input: '/dev/zero' }),
      '/dev/zero: must be at most 64 MiB',
    ],
    [
      'a file of 5 GB',
      () => {
        const large = write('large.json', '');
        truncateSync(large, 5e9);
        return { input: large };
      },
      'large.json: must be at most 64 MiB',
    ],
    [
      'a named pipe',
      () => {
        execFileSync('mkfifo', [path('pipe')]);
        return { input: path('pipe') };
      },
      'pipe: cannot be read: it is a named pipe; use /dev/stdin',
    ],
    [
      'control characters in a file name',
      () => ({ input: path('\x1b[31m\u202e\n.json') }),
      '\\u001b[31m\\u202e\\n.json: no such file',
    ],
    [
      'control characters in a cell',
      () => csv('1,\x1b[31m\u202e\n', '1,2'),
      "column 2: must be a finite float32, got '\\x1B[31m\\u202e'",
    ],
    [
      'control characters in JSON',
      () => ({ input: write('q.json', '{"\x9b\u202e\x1b[31m": 1}') }),
      'q.json: invalid JSON: ',
    ],
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
    const error = errorOf(() => problem(files()));
    expect(error).toBeInstanceOf(UsageError);
    const line = (error as Error).message;
    if (typeof message === 'string') expect(line).toContain(message);
    else expect(line).toMatch(message);
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
