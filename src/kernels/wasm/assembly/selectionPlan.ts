/**
 * How to select the k largest of n entries. A first pass gives a threshold that k entries reach and few others do.
 *
 * A row that is in the cache is read twice. It is dealt out to groups: the k-th largest of their maxima is reached by k
 * entries at least, and with 3k/2 groups by about 1.6 k, as −G ln(1 − k/G) for G groups of a random row.
 *
 * Of a longer row only a sample is read first (as in Floyd and Rivest, Expected time bounds for selection, CACM 18,
 * 1975): about μ = k · size / n of the k largest are in it, so with a rank four standard deviations above μ, more than
 * k entries almost surely reach the threshold, whatever their order. If fewer than k do, only time is lost: the row is
 * scanned again without a threshold.
 */

/** How many candidates fit: k, and at least as many again, so that an entry costs a constant. */
export let capacity: i32 = 0;
/** One entry of every `stride` is sampled; 0 if there is no sample. */
export let stride: i32 = 0;
/** How many groups there are, a power of two; 0 if there are none. */
export let groups: i32 = 0;
/** The threshold is the sampled entry of this rank. */
export let rank: i32 = 0;

const SAMPLED_FROM: i32 = 1024;
/** The size of a sample: more for a larger k, whose candidates cost more. */
const MIN_SAMPLE: i32 = 512;
const MAX_SAMPLE: i32 = 2048;
const MIN_STRIDE: i32 = 16;
/** A row of at most this length is in the cache after one pass. */
const CACHED: i32 = 8192;
/** A larger k takes a sample of a row that is in the cache, too. */
const GROUPS_UP_TO: i32 = 128;
/** Entries that are compared at once. */
export const BLOCK: i32 = 16;

export function plan(n: i32, k: i32): void {
  capacity = 2 * k + 32;
  stride = 0;
  groups = 0;
  if (n <= CACHED && k <= GROUPS_UP_TO) {
    groups = BLOCK;
    while (2 * groups < 3 * k) groups <<= 1;
    if (n >= 2 * groups) return;
    groups = 0;
  }
  if (n < SAMPLED_FROM) return;
  const wanted = k >= MAX_SAMPLE / 8 ? MAX_SAMPLE : max(MIN_SAMPLE, 8 * k);
  const every = max(MIN_STRIDE, n / wanted);
  const size = n / every;
  const mean = (f64(k) * size) / n;
  rank = i32(Math.ceil(mean + 4 * Math.sqrt(mean) + 4));
  if (rank <= size / 2) stride = every;
}

/** How many keys, and indices, are stored: candidates and four more, which are compared with them, or a sample. */
export function maxStored(n: i32): i32 {
  const candidates = max(groups, min(capacity, n + BLOCK) + 4);
  return stride > 0 ? max(candidates, n / stride) : candidates;
}
