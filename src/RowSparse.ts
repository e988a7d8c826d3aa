import { dispose } from '@tensorflow/tfjs-core';
import type { Tensor, TensorContainerObject, TensorLike, Variable } from '@tensorflow/tfjs-core';
import { assertArg, checkFloat32, checkOptionNames, checkShape } from './args/check.ts';
import { checkRows, checkRowSparse } from './args/checkRowSparse.ts';
import { checkVariable } from './args/checkVariable.ts';
import { named, operation } from './args/operation.ts';
import { coalesceRows } from './gradients/coalesceRows.ts';
import { denseRows } from './gradients/denseRows.ts';
import { outerRows } from './gradients/outerRows.ts';
import { concatRows, partsOfCopy, scaleRows } from './gradients/partsOfRows.ts';
import { subtractRows } from './gradients/subtractRows.ts';

type Given = Tensor | TensorLike;

/**
 * A gradient in a matrix `[n, d]` that is zero except in a few rows, which are multiples of x: 2k + d numbers. It is
 * what TensorFlow calls IndexedSlices, with the rows factored. In a batch, several examples may select the same row:
 * then its index occurs several times in `indices`, and the row in `rows()`; `dense` and `subtractFrom` add these up.
 *
 * `rowSparseGrads` returns one for W of topk(Wx), and one for a decoder whose rows `weightedRows` adds up.
 *
 * @example
 * const gradient = new RowSparse([2, 0], [10, 1], [3, 4], 3);
 * gradient.dense().print(); // [[3, 4], [0, 0], [30, 40]]
 */
export class RowSparse {
  /** Which rows: `[k]` or, for a batch, `[b, k]`, int32. */
  readonly indices: Tensor;
  /** Each row's multiple of x: `[k]` or `[b, k]`. */
  readonly coefficients: Tensor;
  /** `[d]` or `[b, d]`. */
  readonly x: Tensor;
  /** `[n, d]`. */
  readonly shape: [number, number];

  /**
   * It holds the tensors themselves, not copies, and `dispose` disposes them.
   *
   * @param indices `[k]` or `[b, k]`, int32, each in [0, n).
   * @param coefficients of the same shape, float32.
   * @param x `[d]` or `[b, d]`, float32, d ≥ 1.
   * @param n the number of rows of the matrix.
   * @param options `{inRange = false}`: true if the indices are known to lie in [0, n), as those of `topk` do. Then
   *   they are not read. (On webgl and webgpu they never are.)
   * @throws if an argument is not as described.
   */
  constructor(
    indices: Given,
    coefficients: Given,
    x: Given,
    n: number,
    options: { inRange?: boolean } = {},
  ) {
    [this.indices, this.coefficients, this.x] = operation('RowSparse', () => {
      checkOptionNames(options, ['inRange']);
      return checkRowSparse({ indices, coefficients, x, n, ...options });
    });
    this.shape = [n, this.x.shape[this.x.rank - 1]];
  }

  /**
   * A gradient with rows of any kind: `rows[i]` is added at `indices[i]`. The tensors stay the caller's to dispose.
   *
   * @param rows `[k, d]`, float32, d ≥ 1.
   * @param indices `[k]`, int32, each in [0, n).
   * @param n the number of rows of the matrix.
   * @throws if an argument is not as described.
   *
   * @example
   * RowSparse.fromRows([[1, 2], [3, 4]], [2, 2], 3).dense().print(); // [[0, 0], [0, 0], [4, 6]]
   */
  static fromRows(rows: Given, indices: Given, n: number): RowSparseResult {
    return operation('RowSparse.fromRows', () => {
      const [$rows, $indices] = checkRows(rows, indices, n);
      return fromParts(partsOfCopy($rows, $indices), n);
    });
  }

  /** The rows at `indices`, `[k, d]` or `[b, k, d]`: coefficients xᵀ. */
  rows(): Tensor {
    return operation('RowSparse.rows', () => {
      const [, c, x] = livePartsOf(this);
      return outerRows(c, x);
    });
  }

  /** The gradient with its zeros, `[n, d]`. */
  dense(): Tensor {
    return operation('RowSparse.dense', () => denseRows(livePartsOf(this), this.shape));
  }

  /**
   * A step of gradient descent: variable − learningRate · this.
   *
   * On wasm it updates the rows in place if the variable owns its buffer; right after tf.variable(t) it still shares
   * t's. Otherwise, and on every other backend, the variable gets new data, as by `assign`.
   *
   * @param variable `[n, d]`, float32.
   * @param learningRate a finite float32.
   * @returns whether the rows were updated in place.
   * @throws if an argument is not as described; the variable is unchanged.
   */
  subtractFrom(variable: Variable, learningRate: number): boolean {
    return named('RowSparse.subtractFrom', () => {
      checkVariable(variable, this.shape);
      checkFloat32(learningRate, 'learningRate');
      return subtractRows(variable, livePartsOf(this), learningRate);
    });
  }

  /**
   * The same gradient with each of its u rows once, in ascending order: `indices` and `coefficients`, `[u, 1]`, the
   * latter 1, and `x`, `[u, d]`, the rows. On webgl and webgpu, where nothing is read, with all n rows.
   */
  coalesce(): RowSparseResult {
    return operation('RowSparse.coalesce', () =>
      fromParts(coalesceRows(livePartsOf(this), this.shape), this.shape[0]),
    );
  }

  /** The sum of two gradients in the same matrix. */
  add(other: RowSparse): RowSparseResult {
    return operation('RowSparse.add', () => {
      assertArg(other instanceof RowSparse, 'other', 'be a RowSparse', { value: other });
      checkShape(other, this.shape, 'other');
      return fromParts(concatRows([livePartsOf(this), livePartsOf(other, 'other')]), this.shape[0]);
    });
  }

  /** This gradient times a number. @param factor a finite float32. */
  mul(factor: number): RowSparseResult {
    return operation('RowSparse.mul', () => {
      checkFloat32(factor, 'factor');
      return fromParts(scaleRows(livePartsOf(this), factor), this.shape[0]);
    });
  }

  /** Disposes `indices`, `coefficients` and `x`, even if they were tensors of the caller's. */
  dispose(): void {
    dispose([this.indices, this.coefficients, this.x]);
  }
}

/** The tensors of a gradient. Throws if one is disposed. */
function livePartsOf({ indices, coefficients, x }: RowSparse, argument = 'the gradient'): Tensor[] {
  const parts = [indices, coefficients, x];
  assertArg(!parts.some((part) => part.isDisposed), argument, 'not be disposed', 'a disposed one');
  return parts;
}

/**
 * A RowSparse that a callback of `tf.tidy` may return. tidy takes any object that holds tensors, but its types ask for
 * an index signature, which no class has.
 */
export type RowSparseResult = RowSparse & TensorContainerObject;

/** Of parts whose indices are in [0, n). */
function fromParts([indices, coefficients, x]: Tensor[], n: number): RowSparseResult {
  return new RowSparse(indices, coefficients, x, n, { inRange: true }) as RowSparseResult;
}
