export interface Selection {
  /** All indices, largest entry first, and lower index first among equal entries. */
  order: number[];
  /** A and T: the indices of the entries above and equal to the k-th largest, ascending. */
  above: number[];
  tied: number[];
  /** k − |A|: how many of T are selected. */
  remaining: number;
}

/**
 * Top-k of integers, by a sort. For k = 0 nothing is above and nothing is tied.
 *
 * @param start an order of the indices; a sort is faster if it starts near the result.
 */
export function select(y: bigint[], k: number, start = Array.from(y.keys())): Selection {
  const order = descending(y, start);
  if (k === 0) return { order, above: [], tied: [], remaining: 0 };
  const threshold = y[order[k - 1]];
  const indices = Array.from(y.keys());
  const above = indices.filter((i) => y[i] > threshold);
  const tied = indices.filter((i) => y[i] === threshold);
  return { order, above, tied, remaining: k - above.length };
}

function descending(y: bigint[], start: number[]): number[] {
  const rounded = Float64Array.from(y, Number); // monotonic: it may tie entries but not swap them
  return start.toSorted((i, j) => {
    if (rounded[i] !== rounded[j]) return rounded[i] > rounded[j] ? -1 : 1;
    if (y[i] !== y[j]) return y[i] > y[j] ? -1 : 1;
    return i - j;
  });
}
