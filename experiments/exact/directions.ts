import type { Point } from './locate.ts';

/** A matrix D of integers, by those rows that are not 0. */
export type Direction = Map<number, bigint[]>;

/**
 * D = (eⱼ − eᵢ) xᵀ raises the largest entry that is not selected, yⱼ, and lowers the smallest that
 * is, yᵢ: of all directions, this one closes the margin with the smallest ‖D‖. 0 < k < n.
 */
export function worstDirection({ x, order, k }: Point): Direction {
  const [i, j] = [order[k - 1], order[k]];
  return new Map([
    [i, x.integers.map((entry) => -entry)],
    [j, x.integers],
  ]);
}

/** Changes the rows around the threshold; the same in every run. */
export function randomDirection({ x, order, k }: Point, seed: number): Direction {
  const random = randomIntegers(seed);
  const rows = order.slice(Math.max(0, k - 3), k + 3);
  return new Map(rows.map((i) => [i, x.integers.map(random)]));
}

/** Odd integers from −9 to 9, by a linear congruential generator. */
function randomIntegers(seed: number): () => bigint {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return BigInt(2 * ((state >>> 16) % 10) - 9);
  };
}
