import type { Scaled, ScaledVector } from './types.ts';

/** Writes numbers as integers times one power of the base: the largest that works, at most 1. */
export function scaleVector(entries: Scaled[], base: bigint): ScaledVector {
  let least = 0;
  for (const { exponent } of entries) if (exponent < least) least = exponent;
  const power = powersOf(base);
  const integers = entries.map(({ digits, exponent }) => digits * power(exponent - least));
  return { integers, base, exponent: least };
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
