/**
 * The places of the k greatest keys; of equal keys the first ones. For any input linear in n, and
 * k log k for the order of the result.
 *
 * @param keys n integers.
 * @param k in [0, n].
 * @param sorted greatest first, and equal keys by place; otherwise in any order.
 */
export function selectGreatest(keys: Int32Array, k: number, sorted: boolean): Int32Array {
  if (k <= INSERT_UP_TO) return insertEach(keys, k);
  const places = new Int32Array(k);
  const { threshold, ties } = kthGreatest(keys, k);
  let [found, tiesLeft] = [0, ties];
  for (let i = 0; i < keys.length && found < k; i++) {
    if (keys[i] > threshold || (keys[i] === threshold && tiesLeft-- > 0)) places[found++] = i;
  }
  if (!sorted) return places;
  // The sort is stable, so equal keys stay in the order of their places.
  return places.sort((i, j) => (keys[i] < keys[j] ? 1 : keys[i] > keys[j] ? -1 : 0));
}

const INSERT_UP_TO = 16;

/** Keeps the greatest so far in order; most keys are not greater than the last of them. */
function insertEach(keys: Int32Array, k: number): Int32Array {
  const places = new Int32Array(k);
  for (let i = 0; i < keys.length && k > 0; i++) {
    if (i >= k && keys[i] <= keys[places[k - 1]]) continue;
    let at = Math.min(i, k - 1);
    for (; at > 0 && keys[places[at - 1]] < keys[i]; at--) places[at] = places[at - 1];
    places[at] = i;
  }
  return places;
}

/** The k-th greatest key, and how many of the k greatest are equal to it; k ≥ 1. */
function kthGreatest(keys: Int32Array, k: number): { threshold: number; ties: number } {
  const counts = new Int32Array(256);
  let [prefix, mask, ties] = [0, 0, k];
  for (let shift = 24; shift >= 0; shift -= 8) {
    counts.fill(0);
    let i = keys.length; // counted down: for-of would take several times as long
    while (i-- > 0) {
      const unsigned = keys[i] ^ SIGN; // flipping the sign makes the order that of unsigned integers
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
