import {
  dispose,
  expandDims,
  mul,
  sub,
  tidy,
  Variable,
  type Tensor,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import { assertArg } from './args/check.ts';
import { checkRowSparse } from './args/checkRowSparse.ts';
import { checkVariable } from './args/checkVariable.ts';
import { named, operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { addRows } from './gradients/addRows.ts';
import { assertFits } from './kernels/wasm/tfjsMemory.ts';
import { writableView } from './kernels/wasm/writableView.ts';
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

  /** The rows at `indices`, `[k, d]` or `[b, k, d]`: coefficients xᵀ. */
  rows(): Tensor {
    return operation('RowSparse.rows', () => {
      this.checkNotDisposed();
      return this.rowsTimes(1);
    });
  }

  /** The gradient with its zeros, `[n, d]`. */
  dense(): Tensor {
    return operation('RowSparse.dense', () => {
      this.checkNotDisposed();
      return addRows(this.rowsTimes(1), this.indices, this.shape);
    });
  }

  /**
   * A step of gradient descent: variable − learningRate · this.
   *
   * On wasm it updates the rows in place if the variable owns its buffer; right after tf.variable(t) it still shares
   * t's. Otherwise, and on every other backend, the variable gets new data, as by `assign`: on cpu, slices and the
   * results of `dataSync()` are views of the same numbers, and tensorflow, webgl and webgpu allow no writes.
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
      const isRate = Number.isFinite(learningRate) && Number.isFinite(Math.fround(learningRate));
      assertArg(isRate, 'learningRate', 'be a finite float32', { value: learningRate });
      const view = writableView(variable);
      if (view) {
        this.subtractInPlace(view, learningRate);
        return true;
      }
      tidy(() => {
        const steps = this.rowsTimes(learningRate);
        assertFits(2 * variable.size);
        variable.assign(sub(variable, addRows(steps, this.indices, this.shape)));
      });
      return false;
    });
  }

  /** Disposes `indices`, `coefficients` and `x`, also if they were tensors of the caller's. */
  dispose(): void {
    dispose([this.indices, this.coefficients, this.x]);
  }

  private rowsTimes(factor: number): Tensor {
    assertFits(this.indices.size * (this.shape[1] + 1));
    const coefficients = factor === 1 ? this.coefficients : mul(this.coefficients, factor);
    return mul(expandDims(coefficients, -1), expandDims(this.x, -2));
  }

  private subtractInPlace(W: Float32Array, learningRate: number): void {
    const d = this.shape[1];
    const [indices, coefficients, x] = [this.indices, this.coefficients, this.x].map((t) =>
      t.dataSync<'float32' | 'int32'>(),
    );
    const k = this.indices.shape[this.indices.rank - 1];
    for (let i = 0; i < indices.length; i++) {
      const step = learningRate * coefficients[i];
      const [row, example] = [indices[i] * d, Math.floor(i / k) * d];
      for (let j = 0; j < d; j++) W[row + j] -= step * x[example + j];
    }
  }

  private checkNotDisposed(): void {
    const isDisposed = [this.indices, this.coefficients, this.x].some((t) => t.isDisposed);
    assertArg(!isDisposed, 'the gradient', 'not be disposed', 'a disposed one');
  }
}

function checkRange(indices: Tensor, n: number): void {
  const outside = indices.dataSync<'int32'>().find((i) => i < 0 || i >= n);
  assertArg(outside === undefined, 'indices', `be in [0, ${String(n)})`, String(outside));
}
