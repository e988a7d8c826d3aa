import { OperationError } from '../../util/OperationError.ts';
import type { Block, Choice } from './Choice.ts';
import { binomial } from './binomial.ts';
import { combinations } from './combinations.ts';
import { dot, norm } from './dot.ts';
import { minNormPoint } from './minNormPoint.ts';

/**
 * The selections that one direction z makes in all choices at once, as positions in their vectors: z selects R in T if
 * ⟨vᵢ − vⱼ, z⟩ > 0 for all i in R and j in T \ R. (Equal vectors tie for every z; which one is in R does not matter.)
 *
 * By Gordan's theorem there is such a z if and only if 0 is not in the convex hull of the differences. Every selection
 * of the first choices that some z makes extends to one of all choices, so the search has no dead ends below it.
 */
export function realizedSelections(choices: Choice[], size: number, limit: number): number[][][] {
  let found: { selections: number[][]; differences: Float64Array[] }[] = [
    { selections: [], differences: [] },
  ];
  for (const { vectors, remaining } of choices) {
    const extended: typeof found = [];
    if (found.length * binomial(vectors.length, remaining) > limit) {
      throw new OperationError(`too many selections to try: more than ${String(limit)}`);
    }
    for (const R of combinations(vectors.length, remaining)) {
      const differences = differencesOf(vectors, R, size);
      for (const partial of found) {
        const all = [...partial.differences, ...differences];
        if (!hasCommonDirection(all)) continue;
        extended.push({ selections: [...partial.selections, R], differences: all });
      }
    }
    found = extended;
  }
  return found.map(({ selections }) => selections);
}

/** vᵢ − vⱼ ≠ 0 for i in R and j not in R, each of norm 1. */
function differencesOf(vectors: Block[], R: number[], size: number): Float64Array[] {
  const others = Array.from(vectors.keys()).filter((j) => !R.includes(j));
  const all = R.flatMap((i) => others.map((j) => difference(vectors[i], vectors[j], size)));
  return all.flatMap((v) => {
    const length = norm(v);
    return length === 0 ? [] : [v.map((entry) => entry / length)];
  });
}

function difference(a: Block, b: Block, size: number): Float64Array {
  const v = new Float64Array(size);
  v.set(a.entries, a.offset);
  b.entries.forEach((entry, c) => (v[b.offset + c] -= entry));
  return v;
}

/** Whether some z has a positive product with each of these vectors of norm 1. */
function hasCommonDirection(vectors: Float64Array[]): boolean {
  if (vectors.length === 0) return true;
  const lowest = (direction: Float64Array) =>
    vectors.reduce((best, v) => (dot(direction, v) < dot(direction, best) ? v : best));
  const z = minNormPoint(lowest, vectors[0]);
  return norm(z) > 1e-9 && dot(z, lowest(z)) > 0;
}
