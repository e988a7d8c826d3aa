import { scaleVector } from './scaleVector.ts';
import type { Entry, Notation, ScaledVector } from './types.ts';

/**
 * Reads the entries of x or of a row of W.
 *
 * @param name for error messages.
 * @throws RangeError with the name and the index of the entry that cannot be read.
 */
export function readVector(
  entries: ArrayLike<Entry>,
  { base, read }: Notation,
  name: string,
): ScaledVector {
  const scaled = Array.from(entries, (entry, j) => {
    try {
      return read(entry);
    } catch (error) {
      throw new RangeError(`${name}[${String(j)}] ${(error as Error).message}`, { cause: error });
    }
  });
  return scaleVector(scaled, base);
}
