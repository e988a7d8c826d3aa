import {
  broadcastTo,
  greater,
  ones,
  tidy,
  variable,
  where,
  zerosLike,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import { rowSums } from '../kernels/linear/rowSums.ts';
import { updateData } from '../kernels/updateData.ts';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { addRows } from './addRows.ts';
import { denseRows } from './denseRows.ts';

/** The formula of one step of an optimizer, for a part of a variable w and of its state. */
export interface RowStep {
  /** For `size` entries of w and the state from `from` on; their gradient is in g from `at` on. */
  onData: (
    w: Float32Array,
    state: Float32Array[],
    g: Float32Array,
    place: { from: number; at: number; size: number },
  ) => void;
  /** The new w and state, where nothing is read back. */
  onDevice: (w: Tensor, state: Tensor[], g: Tensor) => Tensor[];
}

/**
 * Takes a step of an optimizer with a gradient that is dense, or the parts of a RowSparse: then only the rows that occur
 * among the indices change, of W as of its state.
 */
export function stepRows(
  W: Variable,
  state: Variable[],
  gradient: Tensor | Tensor[],
  { onData, onDevice }: RowStep,
): void {
  const isSparse = Array.isArray(gradient);
  if (isOnGpu()) {
    tidy(() => {
      const g = isSparse ? denseRows(gradient, W.shape as [number, number]) : gradient;
      const occurs = isSparse ? occurring(gradient[0], W.shape) : undefined;
      const updated = onDevice(W, state, g);
      [W, ...state].forEach((variable, i) => {
        variable.assign(occurs ? where(occurs, updated[i], variable) : updated[i]);
      });
    });
    return;
  }
  const size = isSparse ? (W.shape[1] ?? 0) : W.size;
  const { rows, sums } = isSparse
    ? rowSums(
        gradient.map((part) => part.dataSync<'float32' | 'int32'>()),
        size,
      )
    : { rows: [0], sums: gradient.dataSync<'float32'>() };
  updateData([W, ...state], (w, ...others) => {
    rows.forEach((row, i) => {
      onData(w, others, sums, { from: row * size, at: i * size, size });
    });
  });
}

/** A state of zeros for W, for each of `count` numbers that an optimizer keeps of an entry. */
export function zeroState(W: Variable, count: number): Variable[] {
  assertFits(count * W.size);
  return tidy(() => Array.from({ length: count }, () => variable(zerosLike(W), false)));
}

/** Whether each entry of `[n, d]` is in a row that occurs among the indices. */
function occurring(indices: Tensor, [n, d]: number[]): Tensor {
  const counts = addRows(ones([...indices.shape, 1]), indices, [n, 1]);
  return broadcastTo(greater(counts, 0), [n, d]);
}
