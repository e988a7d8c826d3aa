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

/** The last value that comes after all of this key, and later ones; NaN if there is none. */
export function valueBelow(key: number, isFloat: boolean, flip: 0 | -1): number {
  const greatest = isFloat ? (flip === 0 ? INFINITY_KEY : INFINITY_KEY - 1) : GREATEST_KEY;
  const value = Math.min(key - 1, greatest) ^ flip;
  if (!isFloat) return value;
  if (Math.abs(value) > INFINITY_KEY) return NaN;
  INTEGER[0] = value < 0 ? -value | LEAST_KEY : value;
  return FLOAT[0];
}

const INFINITY_KEY = 0x7f800000;
const FLOAT = new Float32Array(1);
const INTEGER = new Int32Array(FLOAT.buffer);
