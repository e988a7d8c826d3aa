import { util } from '@tensorflow/tfjs-core';
import type { Probe } from './Probe.ts';

/** The name of an entry, or "a random combination of x[0,0] … x[1,3]". */
export function nameOfProbe(probe: Probe, nameOf: (index: number) => string): string {
  if ('index' in probe) return nameOf(probe.index);
  const last = probe.from + probe.weights.length - 1;
  return `a random combination of ${nameOf(probe.from)} … ${nameOf(last)}`;
}

/** "x[1,3]" for the flat index 7 in x of shape [2,4]; "x" for a scalar. */
export function nameOfEntry(x: string, shape: number[], index: number): string {
  if (shape.length === 0) return x;
  return `${x}[${String(util.indexToLoc(index, shape.length, util.computeStrides(shape)))}]`;
}
