import { dot } from './dot';
import { dotsOf2And4, interleave } from './dotsOf2And4';

/**
 * The bytes of the rows of W that are multiplied by every vector before the next rows are: they stay in a cache of 256
 * kB.
 */
const PANEL = 1 << 17;

/**
 * y = x Wᵀ: the dot product of each of m vectors with each of n rows. For few vectors reading W takes the time, and one
 * stream of reads is faster than several. For many the arithmetic does: two rows and four vectors at a time. In both
 * the terms are added up in the same order, so that a vector's products do not depend on the others.
 *
 * Four vectors are multiplied by a panel of rows, then the next four: so these stay in the nearest cache, and few rows
 * of y are written to at a time, since their distance is often a power of two, for which caches have few places.
 * Vectors that are left over come first, since for them the panel is read as one stream.
 *
 * @param W `[n, d]`
 * @param x `[m, d]`
 * @param y `[m, n]`
 * @param scratch m * d words if m >= 4
 */
export function dots(W: usize, x: usize, y: usize, n: i32, d: i32, m: i32, scratch: usize): void {
  const row = d << 2;
  const fours = n > 1 ? m & ~3 : 0;
  for (let e = 0; e < fours; e += 4) interleave(x + e * row, d, scratch + e * row);
  const panel = max((PANEL / row) & ~1, 2);
  for (let from = 0; from < n; from += panel) {
    const end = min(from + panel, n);
    for (let e = fours; e < m; e++) {
      for (let i = from; i < end; i++) {
        store<f32>(y + ((e * n + i) << 2), dot(W + i * row, x + e * row, d));
      }
    }
    for (let e = 0; e < fours; e += 4) {
      for (let i = from; i < end; i += 2) {
        const pair = min(i, n - 2); // a last row goes with the one above, which is computed twice
        const at = y + ((e * n + pair) << 2);
        dotsOf2And4(W + pair * row, scratch + e * row, x + e * row, d, at, n << 2);
      }
    }
  }
}

/**
 * The products of k rows of W with each of m vectors.
 *
 * @param W `[n, d]`
 * @param indices `[m, k]`
 * @param x `[m, d]`
 * @param y `[m, k]`
 */
export function rowProducts(
  W: usize,
  indices: usize,
  x: usize,
  y: usize,
  d: i32,
  k: i32,
  m: i32,
): void {
  const row = d << 2;
  for (let e = 0; e < m; e++) {
    for (let j = 0; j < k; j++) {
      dots(W + load<i32>(indices) * row, x, y, 1, d, 1, 0);
      indices += 4;
      y += 4;
    }
    x += row;
  }
}
