import { guessFor, type Guess } from '../../../page/state/guessFor.ts';
import { PRESETS } from '../../../page/state/presets.ts';

const [problem, other] = PRESETS.map((preset) => preset.problem);
const guess: Guess = { problem, rows: new Set([0, 2]), isRevealed: false };

describe('guessFor(problem, guess)', () => {
  it('keeps a guess at the same numbers, open or revealed', () => {
    expect(guessFor(problem, guess)).toBe(guess);
    expect(guessFor(problem, undefined)).toBeUndefined();
  });

  it('clears an open guess at other numbers, and ends a revealed one', () => {
    expect(guessFor(other, guess)).toEqual({ ...guess, problem: other, rows: new Set() });
    expect(guessFor(other, { ...guess, isRevealed: true })).toBeUndefined();
  });
});
