import { tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { readFloats } from './readFloats.ts';
import { assertFits } from './wasm/tfjsMemory.ts';
import { writableView } from './wasm/writableView.ts';

/**
 * Lets `update` change the data of float32 variables. On wasm it works in place where a variable owns its buffer.
 * Otherwise it gets a copy, which the variable is assigned afterwards: other tensors may share the data, and not
 * every backend allows writes. Reads the variables, so it is not for webgl and webgpu.
 *
 * @returns whether all were changed in place.
 * @throws if wasm's memory cannot hold the copies; nothing is changed.
 */
export function updateData(
  variables: Variable[],
  update: (...data: Float32Array[]) => void,
): boolean {
  const shared = variables.filter((variable) => !writableView(variable));
  if (shared.length > 0) assertFits(shared.reduce((sum, { size }) => sum + size, 0));
  const views = variables.map(writableView); // not before: a memory that grows detaches them
  const data = variables.map((variable, i) => views[i] ?? readFloats(variable).slice());
  update(...data);
  tidy(() => {
    variables.forEach((variable, i) => {
      if (!views[i]) variable.assign(tensor(data[i], variable.shape));
    });
  });
  return !views.includes(undefined);
}
