import { OperationError } from '../../util/OperationError.ts';
import { areIndependent } from './areIndependent.ts';
import type { Block, Choice } from './Choice.ts';
import { distinctSelections } from './distinctSelections.ts';
import { dot, norm } from './dot.ts';
import { groupEqual } from './groupEqual.ts';
import { minNormPoint } from './minNormPoint.ts';

/** A choice with its equal vectors together. */
interface GroupedChoice {
  remaining: number;
  /** Positions in the vectors of the choice. */
  groups: number[][];
  /** The vector of each group. */
  distinct: Block[];
}

/**
 * The selections that one direction z makes in all choices at once, as positions in their vectors: z selects R in T if
 * ⟨vᵢ − vⱼ, z⟩ > 0 for all i in R and j in T \ R. (Equal vectors tie for every z; which one is in R does not matter.)
 *
 * If the vectors are linearly independent, every selection is made: ⟨vᵢ, z⟩ can have any values. Otherwise, by Gordan's
 * theorem, there is such a z if and only if 0 is not in the convex hull of the differences. Every selection of the
 * first choices that some z makes extends to one of all choices, so the search has no dead ends below it.
 */
export function realizedSelections(choices: Choice[], size: number, limit: number): number[][][] {
  const grouped = choices.map(groupedChoice);
  let found: number[][][] = [[]]; // for each choice, how many of each group
  grouped.forEach(({ groups, remaining }, c) => {
    const sizes = groups.map((group) => group.length);
    const ways = distinctSelections(sizes, remaining, Math.floor(limit / found.length));
    if (ways === null) {
      throw new OperationError(`too many selections to try: more than ${String(limit)}`);
    }
    const extended = ways.flatMap((counts) => found.map((partial) => [...partial, counts]));
    const isAny = areIndependent(grouped.slice(0, c + 1).flatMap(({ distinct }) => distinct));
    const isMade = (partial: number[][]) =>
      hasCommonDirection(partial.flatMap((counts, c) => differences(grouped[c], counts, size)));
    found = isAny ? extended : extended.filter(isMade);
  });
  return found.map((selection) =>
    selection.map((counts, c) =>
      grouped[c].groups.flatMap((group, g) => group.slice(0, counts[g])),
    ),
  );
}

function groupedChoice({ vectors, remaining }: Choice): GroupedChoice {
  const groups = groupEqual(vectors);
  return { remaining, groups, distinct: groups.map(([first]) => vectors[first]) };
}

/** u − v, of norm 1, for the vectors u of which some are selected and v of which some are not. */
function differences(
  { groups, distinct }: GroupedChoice,
  counts: number[],
  size: number,
): Float64Array[] {
  const selected = distinct.filter((_, g) => counts[g] > 0);
  const others = distinct.filter((_, g) => counts[g] < groups[g].length);
  return selected.flatMap((u) =>
    others.flatMap((v) => {
      const difference = new Float64Array(size);
      difference.set(u.entries, u.offset);
      v.entries.forEach((entry, c) => (difference[v.offset + c] -= entry));
      const length = norm(difference);
      return length === 0 ? [] : [difference.map((entry) => entry / length)];
    }),
  );
}

/** The least product with a vector of norm 1 for which a direction counts, relative to its own norm. */
const LEAST = 1e-9;

/** Whether some z has a positive product with each of these vectors of norm 1. */
function hasCommonDirection(vectors: Float64Array[]): boolean {
  if (vectors.length === 0) return true;
  const lowest = (direction: Float64Array) =>
    vectors.reduce((best, v) => (dot(direction, v) < dot(direction, best) ? v : best));
  const sum = vectors[0].map((_, c) => vectors.reduce((sum, v) => sum + v[c], 0));
  if (dot(sum, lowest(sum)) > LEAST * norm(sum)) return true; // mostly it will do
  const z = minNormPoint(lowest, vectors[0]);
  return norm(z) > LEAST && dot(z, lowest(z)) > 0;
}
