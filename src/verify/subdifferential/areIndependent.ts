import type { Block } from './Choice.ts';
import { dot, norm } from './dot.ts';

/** Of a vector, what must be left of it beside the span of others. Rounding leaves about 1e-16. */
const LEAST = 1e-6;

/**
 * Whether vectors are linearly independent, well beyond rounding. Blocks must have the same offset, or no entries in
 * common.
 */
export function areIndependent(vectors: Block[]): boolean {
  const bases = new Map<number, Float64Array[]>(); // orthonormal, for each offset
  return vectors.every(({ offset, entries }) => {
    const basis = bases.get(offset) ?? [];
    if (basis.length === entries.length) return false;
    const length = norm(entries);
    const rest = entries.map((entry) => entry / length);
    for (const u of [...basis, ...basis]) {
      // once more, for what rounding left
      const product = dot(u, rest);
      u.forEach((entry, c) => (rest[c] -= product * entry));
    }
    const left = norm(rest);
    bases.set(offset, [...basis, rest.map((entry) => entry / left)]);
    return left > LEAST; // not if it is NaN
  });
}
