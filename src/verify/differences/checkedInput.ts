import type { Tensor } from '@tensorflow/tfjs-core';
import { nameOfEntry } from './nameOfEntry.ts';
import { nameOfProbe } from './nameOfProbe.ts';
import type { Probe } from './Probe.ts';

/** An input of the function that is checked, at the point where it is checked. */
export interface CheckedInput {
  /** Its index among the inputs. */
  index: number;
  /** "inputs[0]" */
  name: string;
  /** The name of an entry, "inputs[0][1,3]", or of a combination of entries. */
  nameOf: (probe: Probe) => string;
  x: Tensor;
  /** The entries of x. */
  point: Float32Array;
  /** For each entry the magnitude that steps are relative to. */
  scales: Float32Array;
  /** The distance from x within which the function is smooth. */
  margin: number;
}

export function checkedInput(x: Tensor, index: number, margin: number): CheckedInput {
  const name = `inputs[${String(index)}]`;
  const nameOf = (probe: Probe) => nameOfProbe(probe, (entry) => nameOfEntry(name, x.shape, entry));
  const point = new Float32Array(x.dataSync());
  return { index, name, nameOf, x, point, scales: scalesOf(point), margin };
}

/** The magnitude of each entry, or that of the median non-zero entry if it is larger. */
function scalesOf(point: Float32Array): Float32Array {
  const magnitudes = point
    .map(Math.abs)
    .filter((magnitude) => magnitude > 0)
    .sort();
  const median = magnitudes.length === 0 ? 1 : magnitudes[magnitudes.length >> 1];
  return point.map((entry) => Math.max(Math.abs(entry), median));
}
