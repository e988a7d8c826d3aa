import { util } from '@tensorflow/tfjs-core';
import type { Combination } from './combine.ts';

/** "x[1,3]"; "x" for a scalar; "a random combination of x[0,0] … x[1,3]" */
export function nameOfEntry(x: string, entry: Combination, shape: number[]): string {
  const name = (at: number) => {
    const index = util.indexToLoc(at, shape.length, util.computeStrides(shape));
    return shape.length === 0 ? x : `${x}[${String(index)}]`;
  };
  if ('at' in entry) return name(entry.at);
  const last = entry.from + entry.weights.length - 1;
  return `a random combination of ${name(entry.from)} … ${name(last)}`;
}
