import type { NamedTensorMap } from '@tensorflow/tfjs-core';
import { OperationError } from '../../util/OperationError.ts';
import { dataHasDtype, type WasmBackend } from '../wasm/tfjsMemory.ts';

/**
 * Throws where the data of an input are of another dtype than the input: tfjs's own kernels would misread them as well.
 */
export function checkDataDtypes(backend: WasmBackend, inputs: NamedTensorMap): void {
  for (const [name, input] of Object.entries(inputs)) {
    if (dataHasDtype(backend, input)) continue;
    const { dtype } = input;
    const got = dtype === 'float32' ? 'integers' : 'numbers of another dtype';
    throw new OperationError(
      `${name} must hold ${dtype}, got ${got} that were cast on another backend: cast them on wasm`,
    );
  }
}
