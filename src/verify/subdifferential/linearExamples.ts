import { assertArg } from '../../args/check.ts';
import { exactProducts, exactToNumber } from './exactProducts.ts';
import { splitAtThreshold, type ThresholdSplit } from './splitAtThreshold.ts';

/** One example of a batch. */
export interface LinearExample extends ThresholdSplit {
  x: Float64Array;
  /** φ′(yᵢ) for the entries of A and T. */
  slopes: Map<number, number>;
}

/** Ties of y = W x are decided exactly. */
export function linearExamples(
  rows: Float64Array[],
  xs: Float64Array[],
  k: number,
  slope: (y: number) => number,
): LinearExample[] {
  return xs.map((x) => {
    const y = exactProducts(rows, x);
    const split = splitAtThreshold(y, k);
    const indices = [...split.above, ...split.tied];
    const slopes = new Map(indices.map((i) => [i, checkSlope(slope(exactToNumber(y[i])))]));
    return { x, slopes, ...split };
  });
}

function checkSlope(value: unknown): number {
  const holds = typeof value === 'number' && Number.isFinite(Math.fround(value));
  assertArg(holds, 'slope', 'return a finite float32', { value });
  return value;
}
