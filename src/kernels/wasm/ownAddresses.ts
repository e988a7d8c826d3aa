import { tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { readFloats } from '../readFloats.ts';
import { assertFits } from './tfjsMemory.ts';
import { writableView } from './writableView.ts';

/**
 * The addresses of float32 variables in the memory of wasm, where a kernel may write. A variable that shares its buffer
 * with another tensor gets a copy of its own.
 *
 * @throws if the memory cannot hold the copies.
 */
export function ownAddresses(variables: Variable[]): number[] {
  const shared = variables.filter((variable) => !writableView(variable));
  assertFits(shared.reduce((sum, { size }) => sum + size, 0));
  for (const variable of shared) {
    tidy(() => {
      variable.assign(tensor(readFloats(variable), variable.shape));
    });
  }
  return variables.map((variable) => {
    const view = writableView(variable);
    // Never a default: a kernel would write there.
    if (!view) throw new Error(`${variable.name} has no float32 data of its own on wasm`);
    return view.byteOffset;
  });
}
