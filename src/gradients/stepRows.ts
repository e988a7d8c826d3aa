import {
  broadcastTo,
  engine,
  getBackend,
  greater,
  ones,
  tidy,
  variable,
  where,
  zerosLike,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import { stepOnWasm } from '../kernels/linear/stepOnWasm.ts';
import { visitRowSums } from '../kernels/linear/visitRowSums.ts';
import { updateData } from '../kernels/updateData.ts';
import type { LinearFunctions } from '../kernels/wasm/functions.ts';
import { assertFits, type WasmBackend } from '../kernels/wasm/tfjsMemory.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { addRows } from './addRows.ts';
import { denseRows } from './denseRows.ts';

/** The formula of one step of an optimizer, for a part of a variable w and of its state. */
export interface RowStep {
  /** For the entries of w and of the state from `from` on, as many as g has. */
  onData: (w: Float32Array, state: Float32Array[], g: Float32Array, from: number) => void;
  /** For `size` entries at the addresses of w and the state, and of g. */
  onWasm?: (wasm: LinearFunctions, at: number[], g: number, size: number) => void;
  /** The new w and state, where nothing is read back. */
  onDevice: (w: Tensor, state: Tensor[], g: Tensor) => Tensor[];
}

/**
 * Takes a step of an optimizer with a gradient that is dense, or the parts of a RowSparse: then only the rows that
 * occur among the indices change, of W as of its state.
 */
export function stepRows(
  W: Variable,
  state: Variable[],
  gradient: Tensor | Tensor[],
  { onData, onWasm, onDevice }: RowStep,
): void {
  const variables = [W, ...state];
  if (isOnGpu()) {
    stepOnDevice(variables, gradient, onDevice);
    return;
  }
  if (onWasm && getBackend() === 'wasm') {
    const backend = engine().backend as WasmBackend;
    if (stepOnWasm(backend, variables, gradient, onWasm)) return;
  }
  updateData(variables, (w, ...others) => {
    if (!Array.isArray(gradient)) onData(w, others, gradient.dataSync<'float32'>(), 0);
    else {
      visitRowSums(gradient, W.shape, (row, sum) => {
        onData(w, others, sum, row * sum.length);
      });
    }
  });
}

function stepOnDevice(
  variables: Variable[],
  gradient: Tensor | Tensor[],
  onDevice: RowStep['onDevice'],
): void {
  tidy(() => {
    const isSparse = Array.isArray(gradient);
    const [W, ...state] = variables;
    const g = isSparse ? denseRows(gradient, W.shape as [number, number]) : gradient;
    const occurs = isSparse ? occurring(gradient[0], W.shape) : undefined;
    const updated = onDevice(W, state, g);
    variables.forEach((variable, i) => {
      variable.assign(occurs ? where(occurs, updated[i], variable) : updated[i]);
    });
  });
}

/** Whether each entry of `[n, d]` is in a row that occurs among the indices. */
function occurring(indices: Tensor, [n, d]: number[]): Tensor {
  const counts = addRows(ones([...indices.shape, 1]), indices, [n, 1]);
  return broadcastTo(greater(counts, 0), [n, d]);
}

/** A state of zeros for W, for each of `count` numbers that an optimizer keeps of an entry. */
export function zeroState(W: Variable, count: number): Variable[] {
  assertFits(count * W.size);
  return tidy(() => Array.from({ length: count }, () => variable(zerosLike(W), false)));
}
