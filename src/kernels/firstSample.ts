export interface Sample {
  /** Every so many entries one is looked at; 0 if none. */
  stride: number;
  /** How many these are. */
  size: number;
  /** From the one of this rank on, entries come in as candidates. */
  rank: number;
}

/**
 * Which entries of a row of n to look at first, so that few others come in as candidates for the k
 * greatest, whatever their order. Of the k greatest about μ = k · size / n are in the sample. With
 * the rank four standard deviations above that, more than k entries of the row are almost surely not
 * less. Where they are, nothing is lost but time.
 */
export function firstSample(n: number, k: number): Sample {
  const most = Math.min(MOST, Math.max(MOST / 4, 16 * k));
  // An odd stride meets data of a period of 2ⁱ in all phases.
  const stride = Math.max(LEAST_STRIDE, Math.floor(n / most)) | 1;
  const size = Math.ceil(n / stride);
  const mean = (k * size) / n;
  const rank = Math.ceil(mean + 4 * Math.sqrt(mean) + 4);
  return n < ROWS_FROM || rank > size / 2
    ? { stride: 0, size: 0, rank: 0 }
    : { stride, size, rank };
}

const ROWS_FROM = 8192;
const MOST = 4096;
const LEAST_STRIDE = 32;
