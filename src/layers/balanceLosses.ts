import {
  add,
  div,
  moments,
  mul,
  ones,
  reshape,
  square,
  step,
  sub,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { keepWhere } from '../gradients/keepWhere.ts';
import { putAlongAxis } from '../putAlongAxis.ts';
import { zerosFrom } from '../util/zerosFrom.ts';
import { spreadMask } from './layerInput.ts';
import { softmax } from './softmax.ts';

/** What a gate has done with a batch. */
export interface BalanceInput {
  /** `[batch, …, n]` */
  gates: Tensor;
  /** Of the selected ones, `[batch, …, k]`. */
  indices: Tensor;
  /** of the same shape */
  logits: Tensor;
  /** Which examples count, of the shape of the first axes of the logits, but not of all; undefined if all do. */
  mask?: Tensor;
}

export type BalanceName = 'importance' | 'switch';

/** The load-balancing losses of `TopkGate`, which has their formulas; 0 if no example counts. */
export const BALANCE_LOSSES: Record<BalanceName, (input: BalanceInput) => Scalar> = {
  importance: ({ gates, mask }) => {
    const { mean: average, variance } = moments(sumOverRows(gates, mask));
    return div(variance, square(orOne(average)));
  },
  switch: ({ indices, logits, mask }) => {
    const n = logits.shape[logits.rank - 1];
    const selections = sumOverRows(putAlongAxis(ones(indices.shape), indices, n), mask);
    const share = div(selections, orOne(sum(selections)));
    const probability = sumOverRows(softmax(ofExamples(logits, mask)), mask);
    return mul(n, sum(mul(share, div(probability, orOne(sum(probability))))));
  },
};

/** 1 for 0, where the mask leaves out all examples, so that the loss is 0; t ≥ 0. */
function orOne(t: Tensor): Tensor {
  return add(t, sub(1, step(t)));
}

/** `[n]`, the sum of the rows of `[…, n]`, of examples that count. */
function sumOverRows(t: Tensor, mask?: Tensor): Tensor {
  const n = t.shape[t.rank - 1];
  if (t.size === 0) return zerosFrom([t], [n]); // tfjs's own sum of nothing is anything on wasm
  return sum(reshape(ofExamples(t, mask), [-1, n]), 0);
}

/** t with zeros for the examples that do not count, whatever they hold. */
function ofExamples(t: Tensor, mask?: Tensor): Tensor {
  return mask ? keepWhere(t, spreadMask(mask, t.shape)) : t;
}
