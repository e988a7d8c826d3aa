import {
  clone,
  concat,
  dispose,
  expandDims,
  mul,
  ones,
  reshape,
  util,
  type Tensor,
  type TensorLike,
  type Variable,
} from '@tensorflow/tfjs-core';
import { assertArg, checkFloat32 } from './args/check.ts';
import { checkRange, checkRowSparse } from './args/checkRowSparse.ts';
import { checkVariable } from './args/checkVariable.ts';
import { named, operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { addRows } from './gradients/addRows.ts';
import { coalesceRows } from './gradients/coalesceRows.ts';
import { outerRows } from './gradients/outerRows.ts';
import { subtractRows } from './gradients/subtractRows.ts';
import { formatShape } from './util/formatShape.ts';
import { isOnGpu } from './util/isOnGpu.ts';

/**
 * A gradient in a matrix `[n, d]` that is zero except in a few rows, which are multiples of x: 2k + d numbers. It is
 * what TensorFlow calls IndexedSlices, with the rows factored. In a batch, several examples may select the same row:
 * then its index occurs several times in `indices` and `rows`, and `dense` and `subtractFrom` add these up.
 *
 * `rowSparseGrads` returns one for W of topk(Wx). A decoder Dᵀ Pᵀ v, the weighted sum of the selected rows of D, has
 * a gradient of the same form: its coefficients are the values, and its x is the gradient of the decoder's output.
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
   * Tensors are kept, not copied.
   *
   * @param indices `[k]` or `[b, k]`, int32, each in [0, n).
   * @param coefficients of the same shape, float32.
   * @param x `[d]` or `[b, d]`, float32, d ≥ 1.
   * @param n the number of rows of the matrix.
   * @param options.inRange true if the indices are known to lie in [0, n), as those of `topk` do: then they are not
   *   read. (On webgl and webgpu they never are.)
   * @throws if an argument is not as described.
   */
  constructor(
    indices: Tensor | TensorLike,
    coefficients: Tensor | TensorLike,
    x: Tensor | TensorLike,
    n: number,
    { inRange = false }: { inRange?: boolean } = {},
  ) {
    [this.indices, this.coefficients, this.x] = operation('RowSparse', () => {
      const parts = [
        toTensor(indices, 'indices', 'int32'),
        toTensor(coefficients, 'coefficients', 'float32'),
        toTensor(x, 'x', 'float32'),
      ];
      checkRowSparse(parts, n);
      if (!inRange && !isOnGpu()) checkRange(parts[0], n);
      return parts;
    });
    this.shape = [n, this.x.shape[this.x.rank - 1]];
  }

  /**
   * A gradient with rows of any kind: `rows[i]` is added at `indices[i]`.
   *
   * @param rows `[k, d]`, float32, d ≥ 1.
   * @param indices `[k]`, int32, each in [0, n).
   * @param n the number of rows of the matrix.
   * @throws if an argument is not as described.
   *
   * @example
   * RowSparse.fromRows([[1, 2], [3, 4]], [2, 2], 3).dense().print(); // [[0, 0], [0, 0], [4, 6]]
   */
  static fromRows(rows: Tensor | TensorLike, indices: Tensor | TensorLike, n: number): RowSparse {
    return operation('RowSparse.fromRows', () => {
      const $indices = toTensor(indices, 'indices', 'int32');
      assertArg($indices.rank === 1, 'indices', 'be of shape [k]', $indices);
      const $rows = toTensor(rows, 'rows', 'float32');
      const fits = $rows.rank === 2 && $rows.shape[0] === $indices.size && $rows.shape[1] !== 0;
      assertArg(fits, 'rows', `be of shape [${String($indices.size)},d], d >= 1`, $rows);
      return ofRows($rows, $indices, n);
    });
  }

  /** The rows at `indices`, `[k, d]` or `[b, k, d]`: coefficients xᵀ. */
  rows(): Tensor {
    return operation('RowSparse.rows', () => {
      this.checkNotDisposed();
      return outerRows(this.coefficients, this.x);
    });
  }

  /** The gradient with its zeros, `[n, d]`. */
  dense(): Tensor {
    return operation('RowSparse.dense', () => {
      this.checkNotDisposed();
      return addRows(outerRows(this.coefficients, this.x), this.indices, this.shape);
    });
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
      this.checkNotDisposed();
      checkVariable(variable, this.shape);
      checkFloat32(learningRate, 'learningRate');
      return subtractRows(variable, this.parts, learningRate);
    });
  }

  /**
   * The same gradient with each row once, in ascending order: `indices` and `coefficients` `[u, 1]`, the latter 1, and
   * `x` `[u, d]`, the rows. On webgl and webgpu, where nothing is read, with all n rows.
   */
  coalesce(): RowSparse {
    return operation('RowSparse.coalesce', () => {
      this.checkNotDisposed();
      const [rows, indices] = coalesceRows(this.parts, this.shape);
      return ofRows(rows, indices, this.shape[0], IN_RANGE);
    });
  }

  /** The sum of two gradients in the same matrix. */
  add(other: RowSparse): RowSparse {
    return operation('RowSparse.add', () => {
      assertArg(other instanceof RowSparse, 'other', 'be a RowSparse', { value: other });
      const rule = `be of shape ${formatShape(this.shape)}`;
      assertArg(util.arraysEqual(other.shape, this.shape), 'other', rule, other);
      const [n, d] = this.shape;
      const rows = [this, other].map((each) => reshape(each.rows(), [-1, d]));
      const indices = [this, other].map((each) => reshape(each.indices, [-1]));
      return ofRows(concat(rows), concat(indices), n, IN_RANGE);
    });
  }

  /** This gradient times a number. @param factor a finite float32. */
  mul(factor: number): RowSparse {
    return operation('RowSparse.mul', () => {
      this.checkNotDisposed();
      checkFloat32(factor, 'factor');
      const [indices, coefficients, x] = this.parts.map(clone);
      return new RowSparse(indices, mul(coefficients, factor), x, this.shape[0], IN_RANGE);
    });
  }

  /** Disposes `indices`, `coefficients` and `x`, also if they were tensors of the caller's. */
  dispose(): void {
    dispose(this.parts);
  }

  private get parts(): Tensor[] {
    return [this.indices, this.coefficients, this.x];
  }

  private checkNotDisposed(): void {
    const isDisposed = this.parts.some((t) => t.isDisposed);
    assertArg(!isDisposed, 'the gradient', 'not be disposed', 'a disposed one');
  }
}

/** A row for each index, as examples with one index each. */
function ofRows(rows: Tensor, indices: Tensor, n: number, options?: { inRange: boolean }) {
  const column = expandDims(indices, 1);
  return new RowSparse(column, ones(column.shape), rows, n, options);
}

/** Indices that need not be read again. */
const IN_RANGE = { inRange: true };
