/**
 * Integers e with Σ eᵢ aᵢ = rest, of which at most two are not 0, and these are small; or undefined if there are none.
 * For two entries a, b with the greatest common divisor g, which must divide rest, e_a is rest / g times the inverse
 * of a / g modulo b / g.
 */
export function solvePair(a: bigint[], rest: bigint): Map<number, bigint> | undefined {
  if (rest === 0n) return new Map();
  let best: { e: Map<number, bigint>; size: bigint } | undefined;
  const offer = (e: Map<number, bigint>) => {
    const size = [...e.values()].reduce((sum, entry) => sum + abs(entry), 0n);
    if (best === undefined || size < best.size) best = { e, size };
  };
  const places = Array.from(a.keys()).filter((i) => a[i] !== 0n);
  for (const i of places) {
    if (rest % a[i] === 0n) offer(new Map([[i, rest / a[i]]]));
    for (const j of places.filter((j) => j > i)) {
      const { gcd, inverse } = divide(a[i], a[j]);
      if (rest % gcd !== 0n) continue;
      const modulus = abs(a[j] / gcd);
      const first = centred((rest / gcd) * inverse, modulus);
      offer(
        new Map([
          [i, first],
          [j, (rest - first * a[i]) / a[j]],
        ]),
      );
    }
  }
  return best?.e;
}

const abs = (a: bigint) => (a < 0n ? -a : a);

/** The number nearest to 0 that equals a modulo m. */
function centred(a: bigint, m: bigint): bigint {
  const positive = ((a % m) + m) % m;
  return 2n * positive > m ? positive - m : positive;
}

/** The greatest common divisor g of a and b, and s with s a = g modulo b: Euclid's algorithm. */
function divide(a: bigint, b: bigint): { gcd: bigint; inverse: bigint } {
  let [r, next] = [a, b];
  let [s, nextS] = [1n, 0n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [s, nextS] = [nextS, s - quotient * nextS];
  }
  return { gcd: r, inverse: s };
}
