import { util, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { formatShape } from '../util/formatShape.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { assertArg, checkBoolean } from './check.ts';
import { checkIndices } from './checkIndices.ts';
import { toTensor } from './toTensor.ts';

interface RowSparseArguments {
  indices: Tensor | TensorLike;
  coefficients: Tensor | TensorLike;
  x: Tensor | TensorLike;
  n: number;
  /** Whether the indices are known to be in [0, n). */
  inRange?: boolean;
}

/** Indices `[k]` or `[b, k]`, coefficients of the same shape, and x `[d]` or `[b, d]`, d ≥ 1, as tensors. */
export function checkRowSparse({ n, inRange = false, ...parts }: RowSparseArguments): Tensor[] {
  const indices = toTensor(parts.indices, 'indices', 'int32');
  const coefficients = toTensor(parts.coefficients, 'coefficients', 'float32');
  const x = toTensor(parts.x, 'x', 'float32');
  const shape = formatShape(indices.shape);
  assertArg([1, 2].includes(indices.rank), 'indices', 'be of shape [k] or [b, k]', shape);
  const isAlike = util.arraysEqual(coefficients.shape, indices.shape);
  assertArg(isAlike, 'coefficients', `be of shape ${shape}`, coefficients);
  const batch = indices.shape.slice(0, -1);
  const fits = x.rank === indices.rank && util.arraysEqual(x.shape.slice(0, -1), batch);
  const rule = `be of shape [${[...batch.map(String), 'd'].join()}], d >= 1`;
  assertArg(fits && x.shape[x.rank - 1] > 0, 'x', rule, x);
  checkRowCount(n);
  checkBoolean(inRange, 'inRange');
  if (!inRange && !isOnGpu()) checkIndices(indices, n);
  return [indices, coefficients, x];
}

function checkRowCount(n: unknown): void {
  const holds = Number.isInteger(n) && (n as number) > 0;
  assertArg(holds, 'n', 'be a positive integer', { value: n });
}

/** Rows `[k, d]`, d ≥ 1, and their indices `[k]`, each in [0, n), as tensors. */
export function checkRows(
  rows: Tensor | TensorLike,
  indices: Tensor | TensorLike,
  n: number,
): [Tensor, Tensor] {
  const $indices = toTensor(indices, 'indices', 'int32');
  assertArg($indices.rank === 1, 'indices', 'be of shape [k]', $indices);
  const $rows = toTensor(rows, 'rows', 'float32');
  const fits = $rows.rank === 2 && $rows.shape[0] === $indices.size && $rows.shape[1] !== 0;
  assertArg(fits, 'rows', `be of shape [${String($indices.size)},d], d >= 1`, $rows);
  checkRowCount(n);
  if (!isOnGpu()) checkIndices($indices, n);
  return [$rows, $indices];
}
