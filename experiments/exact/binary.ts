import type { Entry, Notation, Scaled } from './types.ts';

/** Numbers that float32 holds: ±mantissa · 2^exponent, with a mantissa below 2²⁴. */
export const binary: Notation = { base: 2n, read: readBinary };

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

function readBinary(entry: Entry): Scaled {
  float[0] = Number(entry);
  const fraction = bits[0] & 0x7fffff;
  const field = (bits[0] >>> 23) & 0xff;
  const mantissa = field === 0 ? fraction : fraction | 0x800000; // 0: below 2⁻¹²⁶, no leading 1
  if (mantissa === 0) return { digits: 0n, exponent: 0 };
  const zeros = 31 - Math.clz32(mantissa & -mantissa); // at the end
  const digits = BigInt((float[0] < 0 ? -1 : 1) * (mantissa >>> zeros));
  return { digits, exponent: Math.max(field, 1) - 150 + zeros };
}
