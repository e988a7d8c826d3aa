import { zeros, type Tensor } from '@tensorflow/tfjs-core';
import { LinearTopK, type LinearInputs } from '../kernels/linear/LinearTopK.ts';
import { isTaped, runKernel, withoutTape } from '../kernels/runKernel.ts';
import { TotalOrderTopK } from '../kernels/topk/TotalOrderTopK.ts';
import { keepWhere } from './keepWhere.ts';
import { linearProducts } from './linearProducts.ts';
import { selectAcrossBatch } from './selectAcrossBatch.ts';
import { takeFirst, selectThroughTies } from './selectThroughTies.ts';
import { topkRule, type TieGradient } from './topkRule.ts';

export interface LinearSettings {
  tieGradient: TieGradient;
  /** Whether the b·k largest entries of the whole batch are selected. */
  acrossBatch: boolean;
}

/**
 * topk(Wx + bias), differentiable in W, x and bias. The selection runs off the tape, and `linearProducts` puts what it
 * found on it.
 *
 * With tieGradient 'even', P selects all entries that tie at the threshold as well, and top-k of their products shares
 * the gradient.
 *
 * @returns `candidates`: products `[…, K]` and indices of all selected rows, and `isSelected`, bool, if some are not;
 *   `values` and `indices` `[…, k]`, which are the same tensors if K = k.
 */
export function linearTopk(inputs: LinearInputs, k: number, settings: LinearSettings) {
  const selection = withoutTape(() => select(inputs, k, settings));
  const { values, indices, isSelected } = selection;
  const taped = isTaped() ? linearProducts(inputs, indices, values) : values;
  const candidates = {
    values: isSelected ? keepWhere(taped, isSelected) : taped,
    indices,
    isSelected,
  };
  if (isSelected || indices.shape[indices.rank - 1] === k) {
    return { values: candidates.values, indices, candidates };
  }
  return {
    values: topkOfCandidates(candidates.values, k, settings.tieGradient),
    indices: takeFirst(indices, k),
    candidates,
  };
}

/** The k largest of candidates that are sorted already. */
export function topkOfCandidates(values: Tensor, k: number, tieGradient: TieGradient): Tensor {
  const attrs = { k, largest: true, sorted: true, tieGradient };
  return runKernel(TotalOrderTopK, { x: values }, attrs, topkRule)[0];
}

function select(
  inputs: LinearInputs,
  k: number,
  { tieGradient, acrossBatch }: LinearSettings,
): Selected {
  const shape = [...inputs.x.shape.slice(0, -1), k];
  if (k === 0 || inputs.x.size === 0)
    return { values: zeros(shape), indices: zeros(shape, 'int32') };
  if (acrossBatch) return selectAcrossBatch(inputs, k);
  const [values, indices] =
    tieGradient === 'even' ? selectThroughTies(inputs, k) : runKernel(LinearTopK, inputs, { k });
  return { values, indices };
}

interface Selected {
  values: Tensor;
  indices: Tensor;
  isSelected?: Tensor;
}
