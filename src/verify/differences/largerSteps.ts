/** How many times the first step is doubled. The largest is 16 times as long. */
const DOUBLINGS = 4;

/** Steps beyond the first, largest first, each half of the one before and at most half of `margin`. */
export function largerSteps(first: number, margin: number): number[] {
  return Array.from({ length: DOUBLINGS }, (_, i) => first * 2 ** (DOUBLINGS - i)).filter(
    (h) => h <= margin / 2,
  );
}
