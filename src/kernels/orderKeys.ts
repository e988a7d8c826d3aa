const NAN_KEY = 0x7fffffff;

/**
 * One integer for each value, greater for what top-k selects first: greater values first, NaN the
 * greatest, −0 equal to 0. With `largest = false` the order is reversed, so that NaN comes last.
 *
 * @param values float32 or int32, as `dtype` says.
 */
export function orderKeys(
  values: Float32Array | Int32Array,
  dtype: 'float32' | 'int32',
  largest: boolean,
): Int32Array {
  const keys = new Int32Array(values.buffer, values.byteOffset, values.length).slice();
  if (dtype === 'float32') {
    // The bits of a float, read as an integer, are sign and magnitude, and rise with the magnitude.
    for (let i = 0; i < keys.length; i++) {
      const magnitude = keys[i] & 0x7fffffff;
      keys[i] = magnitude > 0x7f800000 ? NAN_KEY : keys[i] < 0 ? -magnitude : magnitude;
    }
  }
  if (!largest) for (let i = 0; i < keys.length; i++) keys[i] = ~keys[i];
  return keys;
}
