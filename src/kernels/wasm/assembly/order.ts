export const LEAST_KEY: i32 = i32.MIN_VALUE;
/** The key of every NaN, above that of every number. */
export const GREATEST_KEY: i32 = i32.MAX_VALUE;
const INFINITY_KEY: i32 = 0x7f800000;

/** −1 for float32, 0 for int32. */
export let float: i32 = 0;
/** −1 where the smallest is selected first, 0 where the greatest is. */
export let flip: i32 = 0;

export function setOrder(isFloat: bool, largest: bool): void {
  float = isFloat ? -1 : 0;
  flip = largest ? 0 : -1;
}

/**
 * The integer that `orderKey` gives: greater for what is selected first. The bits of a float, read
 * as an integer, are sign and magnitude.
 */
export function keyOf(bits: i32): i32 {
  if (!float) return bits ^ flip;
  const magnitude = bits & 0x7fffffff;
  const key = magnitude > INFINITY_KEY ? GREATEST_KEY : bits < 0 ? -magnitude : magnitude;
  return key ^ flip;
}

/** Four keys at once. Those of NaN may come out as any. */
export function keysOf(bits: v128): v128 {
  const sign = v128.and(i32x4.shr_s(bits, 31), i32x4.splat(float));
  const key = i32x4.sub(v128.xor(bits, i32x4.shr_u(sign, 1)), sign);
  return v128.xor(key, i32x4.splat(flip));
}

/**
 * The float that entries are compared with, for `least` above LEAST_KEY. Where the greatest is selected first,
 * the greatest one with a key below `least`: those at most it are below, and NaN is not. Else the greatest one
 * with a key from `least` on: those not at most it are below, and NaN is, too. NaN where no number is at most it.
 */
export function boundAt(least: i32): f32 {
  const key = flip ? ~least : least - 1;
  if (key < -INFINITY_KEY) return f32.NaN;
  return reinterpret<f32>(key < 0 ? -key | LEAST_KEY : min(key, INFINITY_KEY));
}
