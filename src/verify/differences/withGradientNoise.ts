import type { EntryComparison } from './compareEntry.ts';
import { SIGMAS } from './rounding.ts';

/** A comparison in which the gradient by reverse mode has a rounding error of its own, as after cancellation. */
export function withGradientNoise(entry: EntryComparison, noise: number): EntryComparison {
  const rounding = Math.hypot(entry.rounding, noise);
  const more = SIGMAS * (rounding - entry.rounding);
  return {
    ...entry,
    rounding,
    absolute: entry.absolute + more,
    tolerance: entry.tolerance + more,
  };
}
