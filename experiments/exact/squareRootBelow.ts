import { Fraction } from './Fraction.ts';
import { magnitude } from './magnitude.ts';

/** A decimal fraction in ((1 − 10⁻ᵖ) √q, √q], where p is `digits`; q ≥ 0. */
export function squareRootBelow(q: Fraction, digits: number): Fraction {
  if (q.n === 0n) return q;
  const places = digits - Math.floor(magnitude(q) / 2);
  const scale = 10n ** BigInt(Math.abs(places));
  const square = places < 0 ? q.n / (q.d * scale ** 2n) : (q.n * scale ** 2n) / q.d;
  const root = integerRoot(square);
  return places < 0 ? new Fraction(root * scale) : new Fraction(root, scale);
}

/** ⌊√a⌋ for a > 0, by Newton's iteration from above. */
function integerRoot(a: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(a.toString(2).length / 2));
  for (;;) {
    const next = (root + a / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}
