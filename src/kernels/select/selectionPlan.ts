export interface SelectionPlan {
  /** For so many candidates there is room: at least k + 32. */
  room: number;
  /** Of so many entries one is looked at first; 0 if none is. */
  stride: number;
  /** How many these are. */
  size: number;
  /** From the one of this rank on, entries come in as candidates. */
  rank: number;
}

/**
 * How to select the k greatest of n. A sample that is looked at first lets few others come in as
 * candidates, whatever the order of the entries: of the k greatest about μ = k · size / n are in it, and
 * with a rank four standard deviations above that, more than k entries are almost surely not less. Where
 * fewer than k are, nothing is lost but time: the row is read again, without a first look.
 */
export function selectionPlan(n: number, k: number): SelectionPlan {
  const wanted = Math.min(MOST_SAMPLED, Math.max(LEAST_SAMPLED, 8 * k));
  const stride = Math.max(LEAST_STRIDE, Math.floor(n / wanted));
  const size = Math.floor(n / stride);
  const mean = (k * size) / n;
  const rank = Math.ceil(mean + 4 * Math.sqrt(mean) + 4);
  const room = 2 * k + 32;
  if (n < SAMPLED_FROM || rank > size / 2) return { room, stride: 0, size: 0, rank: 0 };
  return { room, stride, size, rank };
}

/** Of each `stride` entries one at a place that looks random: no period of the data is one of these. */
export function sampledPlace(i: number, stride: number): number {
  return i * stride + (((Math.imul(i, 0x9e3779b1) >>> 20) * stride) >>> 12);
}

const SAMPLED_FROM = 1024;
/** The size of a sample: more for a greater k, whose candidates cost more. */
const LEAST_SAMPLED = 512;
const MOST_SAMPLED = 2048;
const LEAST_STRIDE = 16;
