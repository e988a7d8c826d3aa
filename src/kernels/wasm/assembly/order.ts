export const MIN_KEY: i32 = i32.MIN_VALUE;
/** The key of every NaN, above that of every number. */
export const MAX_KEY: i32 = i32.MAX_VALUE;
const INFINITY_KEY: i32 = 0x7f800000;

/** −1 for float32, 0 for int32. */
export let float: i32 = 0;
/** −1 where the smallest are selected, 0 where the largest are. */
export let flip: i32 = 0;

export function setOrder(isFloat: bool, largest: bool): void {
  float = isFloat ? -1 : 0;
  flip = largest ? 0 : -1;
}

/**
 * An integer for each entry, larger for what top-k selects first: larger values first, NaN the largest, −0
 * equal to 0. The bits of a float32, read as an integer, are sign and magnitude.
 */
export function keyOf(bits: i32): i32 {
  if (!float) return bits ^ flip;
  const magnitude = bits & 0x7fffffff;
  const key = magnitude > INFINITY_KEY ? MAX_KEY : bits < 0 ? -magnitude : magnitude;
  return key ^ flip;
}

/** Four keys at once, of numbers only: no NaN may decide by its key. Scans treat it by `boundOf`. */
export function keysOf(bits: v128): v128 {
  const sign = v128.and(i32x4.shr_s(bits, 31), i32x4.splat(float));
  const key = i32x4.sub(v128.xor(bits, i32x4.shr_u(sign, 1)), sign);
  return v128.xor(key, i32x4.splat(flip));
}

/**
 * The float32 that entries are compared with, for a threshold above MIN_KEY. Largest first: the largest number with a
 * key below the threshold. Entries ≤ it are below; NaN is not. Smallest first: the largest number with a key from the
 * threshold on. Entries not ≤ it are below, and so is NaN. NaN where no number is ≤ it.
 */
export function boundOf(threshold: i32): f32 {
  const key = flip ? ~threshold : threshold - 1;
  if (key < -INFINITY_KEY) return f32.NaN;
  return reinterpret<f32>(key < 0 ? -key | MIN_KEY : min(key, INFINITY_KEY));
}
