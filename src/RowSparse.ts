import {
  dispose,
  expandDims,
  mul,
  sub,
  tidy,
  util,
  Variable,
  type Tensor,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import { addRows } from './gradients/linearTopk.ts';
import { isOnGpu } from './util/isOnGpu.ts';
import { writableView } from './kernels/wasm/writableView.ts';
import { formatValue } from './util/formatValue.ts';
import { toTensor } from './args/toTensor.ts';

/**
 * A gradient in a matrix `[n, d]` that is zero but for a few rows, and those are multiples of x: 2k + d
 * numbers. In a batch several examples may select the same row: then it is at several places of
 * `indices` and `rows`, and `dense` and `subtractFrom` add these up.
 *
 * `rowSparseGrads` returns one for W of topk(Wx). A decoder Dᵀ P ᵀv that sums up the selected rows of D has the
 * same: its coefficients are the values, and its x is the gradient in what the decoder returns.
 */
export class RowSparse {
  /** Which rows: `[k]` or, of a batch, `[b, k]`, int32. */
  readonly indices: Tensor;
  /** What each is of x: `[k]` or `[b, k]`. */
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
   * @throws if an argument is not as described. (On webgl and webgpu the indices are not read, so not checked.)
   */
  constructor(
    indices: Tensor | TensorLike,
    coefficients: Tensor | TensorLike,
    x: Tensor | TensorLike,
    n: number,
  ) {
    [this.indices, this.coefficients, this.x] = tidy(() => {
      const parts = [
        toTensor(indices, 'indices', 'RowSparse', 'int32'),
        toTensor(coefficients, 'coefficients', 'RowSparse', 'float32'),
        toTensor(x, 'x', 'RowSparse', 'float32'),
      ];
      checkParts(parts, n);
      return parts;
    });
    this.shape = [n, this.x.shape[this.x.rank - 1]];
  }

  /** The rows at `indices`, `[k, d]` or `[b, k, d]`: coefficients xᵀ. */
  rows(): Tensor {
    this.checkNotDisposed('rows');
    return rowsOf(this.coefficients, this.x);
  }

  /** The gradient with its zeros, `[n, d]`. */
  dense(): Tensor {
    this.checkNotDisposed('dense');
    return tidy(() => addRows(this.rows(), this.indices, this.shape));
  }

  /**
   * A step of gradient descent: variable − learningRate · this.
   *
   * On wasm it writes the rows and no other number, unless another tensor shares the data of the variable,
   * as the one does that it was made of. Then, and on every other backend, the variable gets new data, as
   * by `assign`, and all else stays as it was: on cpu slices and `dataSync()` are views of the same
   * numbers; tensorflow, webgl and webgpu let nobody write to a tensor.
   *
   * @param variable `[n, d]`, float32.
   * @param learningRate a finite float32.
   * @returns whether only the rows were written.
   * @throws if an argument is not as described; the variable is as it was.
   */
  subtractFrom(variable: Variable, learningRate: number): boolean {
    this.checkNotDisposed('subtractFrom');
    const check = (holds: boolean, argument: string, rule: string, got: string) => {
      if (!holds) throw new Error(`RowSparse.subtractFrom: ${argument} must ${rule}, got ${got}`);
    };
    check(variable instanceof Variable, 'variable', 'be a tf.Variable', formatValue(variable));
    const [n, d] = this.shape;
    const { shape, dtype, isDisposed } = variable;
    check(!isDisposed, 'variable', 'not be disposed', 'a disposed one');
    const fits = shape.length === 2 && shape[0] === n && shape[1] === d;
    check(fits, 'variable', `be of shape [${String([n, d])}]`, `[${String(shape)}]`);
    check(dtype === 'float32', 'variable', 'be float32', dtype);
    const isFinite = typeof learningRate === 'number' && Number.isFinite(Math.fround(learningRate));
    check(isFinite, 'learningRate', 'be a finite float32', formatValue(learningRate));

    const data = writableView(variable);
    if (data) {
      this.subtractFromData(data, learningRate);
      return true;
    }
    tidy(() => {
      const steps = rowsOf(mul(this.coefficients, learningRate), this.x);
      variable.assign(sub(variable, addRows(steps, this.indices, this.shape)));
    });
    return false;
  }

  /** Frees `indices`, `coefficients` and `x`, also where they were tensors of the caller's. */
  dispose(): void {
    dispose([this.indices, this.coefficients, this.x]);
  }

  private subtractFromData(W: Float32Array, learningRate: number): void {
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

  private checkNotDisposed(fn: string): void {
    if ([this.indices, this.coefficients, this.x].some(({ isDisposed }) => isDisposed)) {
      throw new Error(`RowSparse.${fn}: the gradient must not be disposed`);
    }
  }
}

function checkParts([indices, coefficients, x]: Tensor[], n: number): void {
  const check = (holds: boolean, argument: string, rule: string, got: string) => {
    if (!holds) throw new Error(`RowSparse: ${argument} must ${rule}, got ${got}`);
  };
  const ofShape = ({ shape }: Tensor) => `[${String(shape)}]`;
  check([1, 2].includes(indices.rank), 'indices', 'be of shape [k] or [b, k]', ofShape(indices));
  const isLike = util.arraysEqual(coefficients.shape, indices.shape);
  check(isLike, 'coefficients', `be of shape ${ofShape(indices)}`, ofShape(coefficients));
  const batch = indices.shape.slice(0, -1);
  const fits = x.rank === indices.rank && util.arraysEqual(x.shape.slice(0, -1), batch);
  const rule = `be of shape [${[...batch.map(String), 'd'].join()}], d >= 1`;
  check(fits && x.shape[x.rank - 1] > 0, 'x', rule, ofShape(x));
  check(Number.isInteger(n) && n > 0, 'n', 'be a positive integer', formatValue(n));
  if (isOnGpu()) return;
  const beyond = indices.dataSync<'int32'>().find((i) => i < 0 || i >= n);
  check(beyond === undefined, 'indices', `be in [0, ${String(n)})`, String(beyond));
}

function rowsOf(coefficients: Tensor, x: Tensor): Tensor {
  return tidy(() => mul(expandDims(coefficients, -1), expandDims(x, -2)));
}
