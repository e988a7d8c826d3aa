import {
  engine,
  util,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { OperationError } from '../../util/OperationError.ts';
import { addressOf, type WasmBackend } from '../wasm/tfjsMemory.ts';
import type { SelectionFunctions } from '../wasm/functions.ts';

export type Numbers = Float32Array | Int32Array;

/** The axis counts from the first. n is the length of x along it. */
export interface AlongAxis extends NamedAttrMap {
  axis: number;
  n: number;
}

/** x as `[B, n, S, C]`, values as `[B, k, S, C]`, and indices as `[B, k, S]`. */
export interface Dims {
  B: number;
  n: number;
  k: number;
  S: number;
  C: number;
}

/** @param x or values: they differ along the axis only. */
export function dimsOf(x: TensorInfo, indices: TensorInfo, { axis, n }: AlongAxis): Dims {
  const after = ({ shape }: TensorInfo) => util.sizeFromShape(shape.slice(axis + 1));
  const S = after(indices);
  const B = util.sizeFromShape(x.shape.slice(0, axis));
  return { B, n, k: indices.shape[axis], S, C: S === 0 ? 0 : after(x) / S };
}

/** A shape with another length along the axis. */
export function withLength(shape: number[], axis: number, length: number): number[] {
  return shape.map((size, i) => (i === axis ? length : size));
}

/** The data of a tensor; may be of another type than its dtype, since a cast on cpu to a wider one leaves them. */
export function read({ dataId }: TensorInfo): Numbers {
  return engine().readSync(dataId) as Numbers;
}

export function checkRange(indices: Numbers, n: number): void {
  for (const index of indices) if (!(index >= 0 && index < n)) throw outOfRange(index, n);
}

export function checkRangeOnWasm(
  wasm: SelectionFunctions,
  backend: WasmBackend,
  indices: Tensor,
  n: number,
): void {
  const at = wasm.firstOutside(addressOf(backend, indices), indices.size, n);
  if (at >= 0) throw outOfRange(read(indices)[at], n);
}

function outOfRange(index: number, n: number): OperationError {
  return new OperationError(`indices must be in [0, ${String(n)}), got ${String(index)}`);
}
