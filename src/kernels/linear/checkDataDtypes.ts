import type { NamedTensorMap } from '@tensorflow/tfjs-core';
import { checkDataDtype } from '../checkDataDtype.ts';

/** `checkDataDtype` of tensors by their names. */
export function checkDataDtypes(inputs: NamedTensorMap): void {
  for (const [name, input] of Object.entries(inputs)) checkDataDtype(input, name);
}
