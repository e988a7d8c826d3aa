import { engine, type NamedTensorMap } from '@tensorflow/tfjs-core';
import { OperationError } from '../../util/OperationError.ts';
import { moveTo } from '../runKernel.ts';
import { dataHasDtype, type WasmBackend } from '../wasm/tfjsMemory.ts';

/**
 * Moves the inputs to wasm, if that is the backend. Throws where the data of one are of another dtype than the input:
 * tfjs's own kernels would misread them as well, and a copy would hide it.
 */
export function checkDataDtypes(inputs: NamedTensorMap): void {
  const { backend, backendName } = engine();
  if (backendName !== 'wasm') return;
  moveTo(backend, Object.values(inputs));
  for (const [name, input] of Object.entries(inputs)) {
    if (dataHasDtype(backend as WasmBackend, input)) continue;
    const { dtype } = input;
    const got = dtype === 'float32' ? 'integers' : 'numbers of another dtype';
    throw new OperationError(
      `${name} must hold ${dtype}, got ${got} that were cast on another backend: cast them on wasm`,
    );
  }
}
