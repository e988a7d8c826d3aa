import { tensor, Tensor, util, type TensorLike } from '@tensorflow/tfjs-core';
import { formatShape } from '../util/formatShape.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { assertArg, checkBoolean, checkOneOf, checkOptionNames } from './check.ts';
import { toTensor } from './toTensor.ts';

interface Options {
  tieGradient?: 'first' | 'even';
  bias?: Tensor | TensorLike;
  mask?: Tensor | TensorLike;
  acrossBatch?: boolean;
}

const NAMES = ['tieGradient', 'bias', 'mask', 'acrossBatch'];

/** The options of `topkLinear` and `rowSparseGrads`, which takes more, for W `[n, d]` and x `[d]` or `[b, d]`; bias and mask as tensors. */
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
  if (options.mask !== undefined)
    parts.mask = checkMask(options.mask, [...x.shape.slice(0, -1), n], k);
  return { settings: { tieGradient, acrossBatch }, ...parts };
}

function checkMask(mask: Tensor | TensorLike, shape: number[], k: number): Tensor {
  const isTensor = mask instanceof Tensor;
  assertArg(!isTensor || !mask.isDisposed, 'mask', 'not be disposed', 'a disposed tensor');
  const dtype = isTensor ? mask.dtype : util.inferDtype(mask);
  assertArg(dtype === 'bool', 'mask', 'be bool', dtype);
  const $mask = isTensor ? mask : tensor(mask, undefined, 'bool');
  const n = shape[shape.length - 1];
  const fits = [shape, [n]].some((allowed) => util.arraysEqual($mask.shape, allowed));
  const allowed = [...new Set([[n], shape].map(formatShape))].join(' or ');
  assertArg(fits, 'mask', `be of shape ${allowed}`, $mask);
  if (!isOnGpu()) checkCounts($mask.dataSync<'bool'>(), n, k);
  return $mask;
}

/** Throws if a row of the mask leaves fewer than k entries. */
function checkCounts(mask: Uint8Array, n: number, k: number): void {
  for (let row = 0; row < mask.length; row += n) {
    let count = 0;
    for (let i = row; i < row + n; i++) count += mask[i];
    assertArg(count >= k, 'mask', `leave at least k = ${String(k)} entries`, String(count));
  }
}
