import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { nameOfEntry, nameOfProbe } from './nameOfProbe.ts';
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
  /** For each entry the magnitude that the first step is relative to. */
  scales: Float32Array;
  /** For each entry its own magnitude, that the finer steps are relative to. */
  magnitudes: Float32Array;
  /** The distance from x within which the function is smooth. */
  margin: number;
}

/** Of the smallest entry that has a magnitude of its own, to its scale. */
const MIN_RATIO = 2 ** -40;

export function checkedInput(x: Tensor, index: number, margin: number): CheckedInput {
  const name = `inputs[${String(index)}]`;
  const nameOf = (probe: Probe) => nameOfProbe(probe, (entry) => nameOfEntry(name, x.shape, entry));
  const point = new Float32Array(x.dataSync());
  const scales = scalesOf(point);
  return { index, name, nameOf, x, point, scales, magnitudes: magnitudesOf(point, scales), margin };
}

/** The inputs, some of which are moved to other points. */
export function movedTo(points: (Float32Array | undefined)[], inputs: CheckedInput[]): Tensor[] {
  return inputs.map(({ x }, a) => (points[a] ? tensor(points[a], x.shape) : x));
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

/** The magnitude of each entry, or its scale if that is very much larger, as where the entry is 0. */
function magnitudesOf(point: Float32Array, scales: Float32Array): Float32Array {
  return point.map((entry, j) => {
    const magnitude = Math.abs(entry);
    return magnitude > MIN_RATIO * scales[j] ? magnitude : scales[j];
  });
}
