import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { LINEAR } from '../wasm/binaries.ts';
import type { LinearFunctions } from '../wasm/functions.ts';
import { ownAddresses } from '../wasm/ownAddresses.ts';
import {
  addressOf,
  allocate,
  dataHasDtype,
  wasmFunctions,
  type WasmBackend,
} from '../wasm/tfjsMemory.ts';
import { visitRows } from './visitRows.ts';

/**
 * Calls `step` with the addresses of the variables, all `[n, d]`, and of their gradient, and how many entries to
 * change. For a gradient that is the parts of a RowSparse it does so for each row that occurs.
 *
 * @returns false if there is no SIMD, or the gradient holds integers or is a variable; then nothing has happened.
 */
export function stepOnWasm(
  backend: WasmBackend,
  variables: Variable[],
  gradient: Tensor | Tensor[],
  step: (wasm: LinearFunctions, at: number[], g: number, size: number) => void,
): boolean {
  const wasm = wasmFunctions(backend, LINEAR);
  const dense = Array.isArray(gradient) ? gradient[2] : gradient;
  if (!wasm || !dataHasDtype(backend, dense)) return false;
  // A variable that is a part of the gradient would change before all of it is read.
  if (variables.some(({ dataId }) => dataId === dense.dataId)) return false;
  const g = addressOf(backend, dense);
  const addresses = ownAddresses(variables);
  if (!Array.isArray(gradient)) {
    step(wasm, addresses, g, dense.size);
    return true;
  }
  const [n, d] = variables[0].shape;
  const [indices, coefficients] = gradient.slice(0, 2).map((part) => part.dataSync<'int32'>());
  const k = (indices.length * d) / dense.size;
  allocate(backend, [], d, (sum) => {
    const zeros = new Float32Array(d);
    visitRows(indices, n, (row, places) => {
      new Float32Array(backend.wasm.HEAPU8.buffer, sum, d).set(zeros);
      for (const place of places) {
        wasm.addMultiple(sum, coefficients[place], g + 4 * d * Math.floor(place / k), d);
      }
      const at = addresses.map((address) => address + 4 * d * row);
      step(wasm, at, sum, d);
    });
  });
  return true;
}
