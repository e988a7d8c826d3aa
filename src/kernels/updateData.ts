import { tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
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
  const views = variables.map(writableView);
  assertFits(variables.reduce((sum, { size }, i) => (views[i] ? sum : sum + size), 0));
  const data = variables.map((variable, i) => views[i] ?? variable.dataSync<'float32'>().slice());
  update(...data);
  tidy(() => {
    variables.forEach((variable, i) => {
      if (!views[i]) variable.assign(tensor(data[i], variable.shape));
    });
  });
  return !views.includes(undefined);
}
