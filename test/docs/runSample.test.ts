import { runSample } from './runSample.ts';

const run = (...lines: string[]) => runSample({ file: 'page.md', source: lines.join('\n') });

describe('runSample', () => {
  beforeAll(() => jest.spyOn(console, 'log').mockReturnValue());

  it('compares what console.log, print and an expression alone show', async () => {
    const { outputs, mismatches } = await run(
      "import * as tf from '@tensorflow/tfjs';",
      'console.log([1, 2]); // [1, 3]',
      'tf.tensor1d([1, 2]).print(); // [1, 3]',
      '({ a: tf.scalar(1) }); // { a: 2 }',
      'await Promise.resolve(1); // 2',
    );
    expect(outputs).toBe(4);
    expect(mismatches).toEqual([
      'page.md:2: got [ 1, 2 ], but the comment says [1, 3]',
      'page.md:3: got [ 1, 2 ], but the comment says [1, 3]',
      'page.md:4: got { a: 1 }, but the comment says { a: 2 }',
      'page.md:5: got 1, but the comment says 2',
    ]);
  });

  it('compares them in functions, too, and misses those that do not run', async () => {
    const { mismatches } = await run(
      'const f = () => {',
      '  1 + 1; // 2',
      '};',
      'if (false) {',
      '  1 + 1; // 2',
      '}',
    );
    expect(mismatches).toEqual([
      'page.md:2: got nothing: it did not run, but the comment says 2',
      'page.md:5: got nothing: it did not run, but the comment says 2',
    ]);
  });

  it('takes any comment after console.log and print for what they show', async () => {
    expect((await run("console.log('a'); // b")).mismatches).toHaveLength(1);
    expect((await run("console.log('a'); // a")).mismatches).toEqual([]);
  });

  it('takes other comments that do not begin like a value for remarks', async () => {
    expect(await run('1 + 1; // two', '// 3', '1 + 1;')).toMatchObject({
      outputs: 0,
      mismatches: [],
    });
  });

  it('compares errors, over several lines', async () => {
    const fails = "(() => { throw new Error('f: k must be 1,\\n  got 2'); })();";
    expect((await run(`${fails} // throws f: k must be 1,`, '//   got 2')).mismatches).toEqual([]);
    expect((await run(`${fails} // throws f: k…`)).mismatches).toEqual([]);
    expect((await run(`${fails} // throws f: k must be 1,`)).mismatches).toHaveLength(1);
    expect((await run('1 + 1; // throws f: k…')).mismatches).toEqual([
      'page.md:1: got no error, but the comment says f: k…',
    ]);
  });

  it('returns the functions that the sample declares', async () => {
    const { functions } = await run('function twice(x: number) {', '  return 2 * x;', '}');
    expect((functions.twice as (x: number) => number)(3)).toBe(6);
  });

  it('passes on an error that no comment shows', async () => {
    await expect(run("throw new Error('unexpected');")).rejects.toThrow('unexpected');
  });
});
