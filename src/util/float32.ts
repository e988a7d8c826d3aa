/** The smallest float32 that every backend distinguishes from 0. */
export const MIN_POSITIVE = 2 ** -126;

/** The largest float32. */
export const MAX_FLOAT = 3.4028234663852886e38;
