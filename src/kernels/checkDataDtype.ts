import { engine, type Tensor } from '@tensorflow/tfjs-core';
import { OperationError } from '../util/OperationError.ts';
import { moveTo } from './runKernel.ts';
import { dataHasDtype, type WasmBackend } from './wasm/tfjsMemory.ts';

/**
 * Moves a tensor to wasm, if that is the backend. Throws where its data are of another dtype than the tensor: tfjs's
 * own kernels would misread them as well, and a copy would hide it.
 */
export function checkDataDtype(t: Tensor, name: string): void {
  const { backend, backendName } = engine();
  if (backendName !== 'wasm') return;
  moveTo(backend, [t]);
  if (dataHasDtype(backend as WasmBackend, t)) return;
  const cast = 'data cast on another backend: cast on wasm';
  throw new OperationError(`${name} must hold ${t.dtype}, got ${cast}`);
}
