import fc from 'fast-check';
import { MAX_LENGTH, type Problem } from '../../page/state/Problem.ts';

/** Numbers as a reader types or drags them: with up to four decimals, many of them small integers. */
const entry = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map(String),
  fc.integer({ min: -20000, max: 20000 }).map((integer) => String(integer / 10000)),
);

/** Problems that the page can show, up to 12 × 12. */
export const problems = (maxLength = MAX_LENGTH): fc.Arbitrary<Problem> =>
  fc
    .tuple(fc.integer({ min: 1, max: maxLength }), fc.integer({ min: 1, max: maxLength }))
    .chain(([n, d]) => {
      const row = fc.array(entry, { minLength: d, maxLength: d });
      return fc.record({
        W: fc.array(row, { minLength: n, maxLength: n }),
        x: row,
        k: fc.integer({ min: 0, max: n }),
      });
    });
