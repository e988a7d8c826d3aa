import { inspect } from 'node:util';
import * as tf from '@tensorflow/tfjs';

/** A value as the comments of examples show it: tensors and typed arrays as arrays, objects by their fields. */
export function formatOutput(value: unknown): string {
  return inspect(toPlain(value), { depth: null, maxArrayLength: null, breakLength: Infinity });
}

function toPlain(value: unknown): unknown {
  if (value instanceof tf.Tensor) return value.arraySync();
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as Float32Array);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => typeof field !== 'function');
  return Object.fromEntries(fields.map(([name, field]) => [name, toPlain(field)]));
}
