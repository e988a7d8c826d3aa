/**
 * The places of the k greatest keys; of equal keys the first ones. Linear in n for any input (four
 * passes of a radix select), and k log k for the order of the result.
 *
 * @param keys n integers.
 * @param k in [0, n].
 * @param sorted greatest first, and equal keys by place; otherwise by place.
 */
export function selectGreatest(keys: Int32Array, k: number, sorted: boolean): Int32Array {
  const places = new Int32Array(k);
  if (k === 0) return places;
  const { threshold, ties } = kthGreatest(keys, k);
  let tiesLeft = ties;
  for (let i = 0, found = 0; found < k; i++) {
    if (keys[i] > threshold || (keys[i] === threshold && tiesLeft-- > 0)) places[found++] = i;
  }
  // The sort is stable, so equal keys stay in the order of their places.
  return sorted
    ? places.sort((i, j) => (keys[i] < keys[j] ? 1 : keys[i] > keys[j] ? -1 : 0))
    : places;
}

/** The k-th greatest key, and how many of the k greatest are equal to it; k ≥ 1. */
function kthGreatest(keys: Int32Array, k: number): { threshold: number; ties: number } {
  const counts = new Int32Array(256);
  let [prefix, mask, ties] = [0, 0, k];
  for (let shift = 24; shift >= 0; shift -= 8) {
    counts.fill(0);
    for (const key of keys) {
      const unsigned = key ^ SIGN; // flipping the sign makes the order that of unsigned integers
      if ((unsigned & mask) === prefix) counts[(unsigned >>> shift) & 255]++;
    }
    let digit = 255;
    while (counts[digit] < ties) ties -= counts[digit--];
    prefix |= digit << shift;
    mask |= 255 << shift;
  }
  return { threshold: prefix ^ SIGN, ties };
}

const SIGN = 1 << 31;
