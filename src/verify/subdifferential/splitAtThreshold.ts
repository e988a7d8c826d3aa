export interface ThresholdSplit {
  /** A: the indices of the entries above τ, the k-th largest; all of them are selected. */
  above: number[];
  /** T: the indices of the entries equal to τ. */
  tied: number[];
  /** r = k − |A|: how many entries of T are selected. If all are, the gradient is unique. */
  remaining: number;
}

/** For entries without NaN. Integers are compared exactly. */
export function splitAtThreshold(entries: (number | bigint)[], k: number): ThresholdSplit {
  if (k === 0) return { above: [], tied: [], remaining: 0 };
  const τ = [...entries].sort((a, b) => (a > b ? -1 : Number(a < b)))[k - 1];
  const indices = Array.from(entries.keys());
  const above = indices.filter((i) => entries[i] > τ);
  const tied = indices.filter((i) => entries[i] === τ);
  return { above, tied, remaining: k - above.length };
}
