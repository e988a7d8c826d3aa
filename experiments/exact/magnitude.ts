import type { Fraction } from './Fraction.ts';

/** The e for which 10ᵉ ≤ |q| < 10ᵉ⁺¹; q ≠ 0. */
export function magnitude({ n, d }: Fraction): number {
  const e = n.toString().length - d.toString().length; // 10ᵉ⁻¹ < |q| < 10ᵉ⁺¹
  const power = 10n ** BigInt(Math.abs(e));
  return (e < 0 ? n * power >= d : n >= d * power) ? e : e - 1;
}
