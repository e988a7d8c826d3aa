import { Tensor, tensor, util, type TensorLike } from '@tensorflow/tfjs-core';
import { formatShape } from '../util/formatShape.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { assertArg, checkBoolean, checkOneOf, checkOptionNames } from './check.ts';
import { shapeOf, toTensor } from './toTensor.ts';

interface Options {
  tieGradient?: 'first' | 'even';
  bias?: Tensor | TensorLike;
  mask?: Tensor | TensorLike;
  acrossBatch?: boolean;
}

const NAMES = ['tieGradient', 'bias', 'mask', 'acrossBatch'];

/**
 * The options of `topkLinear` and `rowSparseGrads`, which takes more, for W `[n, d]` and x `[d]` or `[b, d]`; bias and
 * mask as tensors.
 */
export function checkLinearOptions(
  options: Options,
  W: Tensor,
  x: Tensor,
  k: number,
  more: string[] = [],
) {
  checkOptionNames(options, [...NAMES, ...more]);
  const { tieGradient = 'first', acrossBatch = false } = options;
  checkOneOf(tieGradient, ['first', 'even'], 'tieGradient');
  checkBoolean(acrossBatch, 'acrossBatch');
  assertArg(!acrossBatch || x.rank === 2, 'x', 'be a batch if acrossBatch is true', x);
  const isFirst = tieGradient === 'first';
  assertArg(!acrossBatch || isFirst, 'tieGradient', "be 'first' if acrossBatch is true", {
    value: tieGradient,
  });
  const n = W.shape[0];
  const parts: { bias?: Tensor; mask?: Tensor } = {};
  if (options.bias !== undefined) {
    parts.bias = toTensor(options.bias, 'bias', 'float32');
    assertArg(
      util.arraysEqual(parts.bias.shape, [n]),
      'bias',
      `be of shape [${String(n)}]`,
      parts.bias,
    );
  }
  if (options.mask !== undefined) {
    const shape = [...x.shape.slice(0, -1), n];
    parts.mask = checkMask(options.mask, shape);
    const check = acrossBatch ? checkTotal : checkCounts;
    if (!isOnGpu()) check(parts.mask, shape, k);
  }
  return { settings: { tieGradient, acrossBatch }, ...parts };
}

/** @param shape of Wx. */
function checkMask(mask: Tensor | TensorLike, shape: number[]): Tensor {
  const $mask =
    mask instanceof Tensor ? mask : tensor(mask, shapeOf(mask, 'mask', 'boolean'), 'bool');
  assertArg(!$mask.isDisposed, 'mask', 'not be disposed', 'a disposed tensor');
  assertArg($mask.dtype === 'bool', 'mask', 'be bool', $mask.dtype);
  const n = shape[shape.length - 1];
  const fits = [shape, [n]].some((allowed) => util.arraysEqual($mask.shape, allowed));
  const allowed = [...new Set([[n], shape].map(formatShape))].join(' or ');
  assertArg(fits, 'mask', `be of shape ${allowed}`, $mask);
  return $mask;
}

/** Throws if a row of the mask leaves fewer than k entries. */
function checkCounts(mask: Tensor, shape: number[], k: number): void {
  const counts = countTrue(mask, shape);
  const row = counts.findIndex((count) => count < k);
  if (row < 0) return;
  const got = mask.rank === 1 ? counts[row] : `${String(counts[row])} in row ${String(row)}`;
  assertArg(false, 'mask', `leave at least k = ${String(k)} entries`, String(got));
}

/** Throws if the mask leaves fewer than b·k entries in the whole batch. */
function checkTotal(mask: Tensor, shape: number[], k: number): void {
  const [least, counts] = [shape[0] * k, countTrue(mask, shape)];
  const total = counts.reduce((a, b) => a + b, 0) * (mask.rank === 1 ? shape[0] : 1);
  const rule = `leave at least b·k = ${String(least)} entries of the batch`;
  assertArg(total >= least, 'mask', rule, String(total));
}

/** The number of true entries in each row of the mask. */
function countTrue(mask: Tensor, shape: number[]): number[] {
  const n = shape[shape.length - 1];
  const data = mask.dataSync<'bool'>();
  const counts = Array.from({ length: data.length / n }, () => 0);
  for (let row = 0, i = 0; row < counts.length; row++) {
    for (const end = i + n; i < end; i++) if (data[i] !== 0) counts[row]++;
  }
  return counts;
}
