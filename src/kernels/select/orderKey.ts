export const LEAST_KEY = -(2 ** 31);
/** The key of every NaN, above that of every number. */
export const GREATEST_KEY = 2 ** 31 - 1;

/**
 * An integer for each value, greater for what top-k selects first: greater values first, NaN the
 * greatest, −0 equal to 0. The bits of a float, read as an integer, are sign and magnitude.
 *
 * @param bits of a float32, or an int32.
 * @param flip 0; or −1 to reverse the order, so that NaN comes last.
 */
export function orderKey(bits: number, isFloat: boolean, flip: 0 | -1): number {
  if (!isFloat) return bits ^ flip;
  if ((bits & 0x7fffffff) > INFINITY_KEY) return GREATEST_KEY ^ flip;
  const sign = bits >> 31;
  return ((bits ^ (sign >>> 1)) - sign) ^ flip; // minus the magnitude, where the sign is set
}

/** The float32 of a key for flip 0. Infinity for those above it; NaN for those below −Infinity. */
export function keyToFloat(key: number): number {
  if (key < -INFINITY_KEY) return NaN;
  INTEGER[0] = key < 0 ? -key | LEAST_KEY : Math.min(key, INFINITY_KEY);
  return FLOAT[0];
}

const INFINITY_KEY = 0x7f800000;
const FLOAT = new Float32Array(1);
const INTEGER = new Int32Array(FLOAT.buffer);
