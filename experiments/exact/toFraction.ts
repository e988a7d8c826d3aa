import { Fraction } from './Fraction.ts';
import type { ScaledVector } from './types.ts';

/** integer · base^exponent, with the base and the exponent of the vector. */
export function toFraction(
  integer: bigint,
  { base, exponent }: Omit<ScaledVector, 'integers'>,
): Fraction {
  const power = base ** BigInt(Math.abs(exponent));
  return exponent < 0 ? new Fraction(integer, power) : new Fraction(integer * power);
}
