import { engine, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { OperationError } from '../../util/OperationError.ts';
import { addressOf, type WasmBackend } from '../wasm/tfjsMemory.ts';
import type { WasmFunctions } from '../wasm/instantiate.ts';

export type Numbers = Float32Array | Int32Array;

/** x as `[B, n, S, C]`, values as `[B, k, S, C]`, and indices as `[B, k, S]`. */
export interface Dims {
  B: number;
  n: number;
  k: number;
  S: number;
  C: number;
}

/** @param x `[B, n or k, I]`, with n along its axis in TakeAlongAxis. */
export function dimsOf({ shape: [B, , I] }: TensorInfo, indices: TensorInfo, n: number): Dims {
  const [, k, S] = indices.shape;
  return { B, n, k, S, C: I / S };
}

/** The data of a tensor; may be of another type than its dtype, since a cast on cpu to a wider one leaves them. */
export function read({ dataId }: TensorInfo): Numbers {
  return engine().readSync(dataId) as Numbers;
}

export function checkRange(indices: Numbers, n: number): void {
  for (const index of indices) if (!(index >= 0 && index < n)) throw outOfRange(index, n);
}

export function checkRangeOnWasm(
  wasm: WasmFunctions,
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
