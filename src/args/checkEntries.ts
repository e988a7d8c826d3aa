import type { Tensor } from '@tensorflow/tfjs-core';
import { formatEntry } from '../util/formatEntry.ts';
import { assertArg } from './check.ts';

/** Throws with the first entry for which `holds` is false, and its position in a tensor of this shape. */
export function checkEntries(
  entries: Float32Array | Float64Array | Int32Array,
  shape: number[],
  argument: string,
  rule: string,
  holds: (entry: number) => boolean,
): void {
  const wrong = entries.findIndex((entry) => !holds(entry));
  if (wrong >= 0) assertArg(false, argument, rule, formatEntry(entries[wrong], wrong, shape));
}

export function checkFinite(
  entries: Float32Array | Float64Array,
  shape: number[],
  argument: string,
  rule = 'be finite',
): void {
  checkEntries(entries, shape, argument, rule, Number.isFinite);
}

/** Throws if one is NaN. Reads them. */
export function checkNumbers(t: Tensor, argument: string): void {
  const isNumber = (entry: number) => !Number.isNaN(entry);
  checkEntries(t.dataSync<'float32'>(), t.shape, argument, 'be numbers', isNumber);
}
