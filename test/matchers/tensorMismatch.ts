import * as tf from '@tensorflow/tfjs-core';
import type { Entries } from './entriesOf.ts';

/** The largest difference allowed, alone or with a multiple of the expected entry's size. */
export type Tolerance = number | { absolute?: number; relative?: number };

/**
 * The difference between two tensors in words, or undefined if their shapes are equal and so is each pair
 * of entries: a = e (−0 equals 0), both NaN, or |a − e| < max(absolute, relative · |e|).
 */
export function tensorMismatch(
  actual: Entries,
  expected: Entries,
  tolerance: Tolerance = 0,
): string | undefined {
  const difference = shapeMismatch(actual, expected) ?? entryMismatch(actual, expected, tolerance);
  return difference && `${difference}\nactual: ${format(actual)}\nexpected: ${format(expected)}`;
}

function shapeMismatch(actual: Entries, expected: Entries): string | undefined {
  const [a, e] = [actual, expected].map(({ shape }) => JSON.stringify(shape));
  return a === e ? undefined : `shape ${a} should be ${e}`;
}

function entryMismatch(actual: Entries, expected: Entries, tolerance: Tolerance) {
  const { absolute = 0, relative = 0 } =
    typeof tolerance === 'number' ? { absolute: tolerance } : tolerance;
  const isEqual = (a: number, e: number) =>
    a === e ||
    Math.abs(a - e) < Math.max(absolute, relative * Math.abs(e)) ||
    (Number.isNaN(a) && Number.isNaN(e));
  const { shape, data } = expected;
  const different: number[] = [];
  for (let i = 0; i < data.length; i++) if (!isEqual(actual.data[i], data[i])) different.push(i);
  if (different.length === 0) return undefined;
  const [first] = different;
  const at = tf.util.indexToLoc(first, shape.length, tf.util.computeStrides(shape));
  return (
    `${String(different.length)} of ${String(data.length)} entries differ, the first at ` +
    `[${at.join(', ')}]: ${String(actual.data[first])} should be ${String(data[first])}`
  );
}

/** As tfjs prints it: large tensors in part. */
function format({ shape, data }: Entries): string {
  const tensor = tf.tensor(Float32Array.from(data), shape);
  const text = tensor.toString();
  tensor.dispose();
  return text.replace(/^Tensor\s*/, '');
}
