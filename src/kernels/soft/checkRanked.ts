import { OperationError } from '../../util/OperationError.ts';

/**
 * Checks the entries of x by their ranks.
 *
 * @param largest the first of each row in top-k's order, in which NaN precedes all numbers.
 * @param ith the (⌊k⌋ + 1)-th of each row.
 * @param jth the ⌈k⌉-th of each row.
 */
export function checkRanked(
  largest: Float32Array,
  ith: Float32Array = new Float32Array(),
  jth: Float32Array = new Float32Array(),
): void {
  if (largest.some(Number.isNaN)) throw new OperationError('x must be numbers, got NaN');
  if (ith.includes(Infinity) || jth.includes(-Infinity)) {
    const rule = 'have at most k times Infinity, and at least k entries above -Infinity';
    throw new OperationError(`x must ${rule}, got a row that does not`);
  }
}
