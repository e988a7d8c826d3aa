import type { Scaled, ScaledVector } from './types.ts';

/** Writes numbers as multiples of the largest power of the base of which all are multiples. */
export function scaleVector(entries: Scaled[], base: bigint): ScaledVector {
  let exponent = Infinity;
  for (const entry of entries) {
    if (entry.digits !== 0n && entry.exponent < exponent) exponent = entry.exponent;
  }
  if (exponent === Infinity) return { integers: entries.map(() => 0n), base, exponent: 0 };
  const power = powersOf(base);
  const integers = entries.map((entry) =>
    entry.digits === 0n ? 0n : entry.digits * power(entry.exponent - exponent),
  );
  return { integers, base, exponent };
}

/** base^exponent; each power is computed once. */
function powersOf(base: bigint): (exponent: number) => bigint {
  const powers = new Map<number, bigint>();
  return (exponent) => {
    const power = powers.get(exponent) ?? base ** BigInt(exponent);
    powers.set(exponent, power);
    return power;
  };
}
