import {
  add,
  cast,
  div,
  moments,
  mul,
  reshape,
  softmax,
  square,
  step,
  sub,
  sum,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';

/** What a gate has done with a batch. */
export interface BalanceInput {
  /** `[batch, …, n]` */
  gates: Tensor;
  /** of the same shape */
  logits: Tensor;
  /** Which examples count, `[batch, …]`; undefined if all do. */
  mask?: Tensor;
}

export type BalanceName = 'importance' | 'switch';

/** The load-balancing losses of `TopkGate`, which has their formulas; 0 if no example counts. */
export const BALANCE_LOSSES: Record<BalanceName, (input: BalanceInput) => Scalar> = {
  importance: ({ gates, mask }) => {
    const { mean: average, variance } = moments(sum(rowsOf(gates, mask), 0));
    return div(variance, square(orOne(average)));
  },
  switch: ({ gates, logits, mask }) => {
    const isSelected = sum(rowsOf(step(gates), mask), 0); // step, unlike greater, has a gradient in tfjs, zero
    const share = div(isSelected, orOne(sum(isSelected)));
    const probability = sum(rowsOf(softmax(logits), mask), 0);
    return mul(
      logits.shape[logits.rank - 1],
      sum(mul(share, div(probability, orOne(sum(probability))))),
    );
  },
};

/** 1 for 0, where the mask leaves out all examples, so that the loss is 0; t ≥ 0. */
function orOne(t: Tensor): Tensor {
  return add(t, sub(1, step(t)));
}

/** `[rows, n]`, those of examples that do not count set to zero. */
function rowsOf(t: Tensor, mask?: Tensor): Tensor {
  const rows = reshape(t, [-1, t.shape[t.rank - 1]]);
  return mask ? mul(rows, cast(reshape(mask, [-1, 1]), 'float32')) : rows;
}
