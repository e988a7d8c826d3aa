import { PRESETS } from '../../../page/state/presets.ts';
import { resize } from '../../../page/state/resize.ts';

const { problem } = PRESETS[0];

describe('resize(problem, n, d)', () => {
  it('keeps what is there, and comes back to it', () => {
    expect(resize(resize(problem, 12, 12), 6, 6)).toEqual(problem);
    const { W, x } = resize(problem, 8, 7);
    expect([W.length, W[0].length, x.length]).toEqual([8, 7, 7]);
    expect(W[2].slice(0, 6)).toEqual(problem.W[2]);
  });

  it('takes new numbers, and k, from a larger problem', () => {
    const fewer = resize(problem, 2, 3);
    expect(resize(fewer, 6, 6, problem)).toEqual(problem);
    expect(resize(fewer, 6, 6, { ...problem, k: 1 }).k).toBe(1);
    expect(resize(fewer, 7, 6, problem).W[6]).toEqual(resize(problem, 7, 6).W[6]);
  });

  it('keeps k within the rows, and the lengths within [1, 12]', () => {
    expect(resize(problem, 2, 6).k).toBe(2);
    expect(resize(problem, 0, 99).W.map((row) => row.length)).toEqual([12]);
  });
});
