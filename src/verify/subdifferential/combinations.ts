/** The subsets of {0, …, n − 1} that have r elements, in lexicographic order. */
export function* combinations(n: number, r: number, from = 0): Generator<number[]> {
  if (r === 0) yield [];
  else {
    for (let first = from; first <= n - r; first++) {
      for (const others of combinations(n, r - 1, first + 1)) yield [first, ...others];
    }
  }
}
