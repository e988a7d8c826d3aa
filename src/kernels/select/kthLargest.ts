/** The k-th greatest key, and how many of the k greatest are equal to it; k ≥ 1. By radix. */
export function kthLargest(keys: Int32Array, k: number): { cut: number; ties: number } {
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
  return { cut: prefix ^ SIGN, ties };
}

const SIGN = 1 << 31;
