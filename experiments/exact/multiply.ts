import { readVector } from './readVector.ts';
import { scaleVector } from './scaleVector.ts';
import type { Entry, Notation, ScaledVector } from './types.ts';

/** y = Wx without rounding. Holds one row of W at a time. */
export function multiply(
  W: readonly ArrayLike<Entry>[],
  x: ScaledVector,
  notation: Notation,
): ScaledVector {
  const y = W.map((row, i) => {
    const w = readVector(row, notation, `W[${String(i)}]`);
    return { digits: dot(w.integers, x.integers), exponent: w.exponent + x.exponent };
  });
  return scaleVector(y, notation.base);
}

/** Σ aᵢbᵢ. */
export function dot(a: bigint[], b: bigint[]): bigint {
  let sum = 0n;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
