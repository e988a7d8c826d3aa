import { IS_WHOLE } from '../isWhole.ts';

/** Of random cases a third without WHOLE=1, always the same. */
export const runs = (numRuns: number) => ({
  seed: 1,
  numRuns: IS_WHOLE ? numRuns : Math.ceil(numRuns / 3),
});
