import {
  expandDims,
  mul,
  sub,
  tidy,
  type DataId,
  type Tensor,
  Variable,
} from '@tensorflow/tfjs-core';
import { addRows } from './gradients/selectedProducts.ts';
import { liveData } from './kernels/liveData.ts';
import { shown } from './shown.ts';

/** Data that this package made, which nothing outside of tfjs holds: others may be a user's array. */
const OWN = new WeakSet<DataId>();

/**
 * A gradient in W `[n, d]` that is zero but for the rows that top-k selected, and those are multiples of
 * x: 2k + d numbers. In a batch the same row may be selected by several examples; `dense` and
 * `subtractFrom` add these up.
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

  constructor(indices: Tensor, coefficients: Tensor, x: Tensor, n: number) {
    this.indices = indices;
    this.coefficients = coefficients;
    this.x = x;
    this.shape = [n, x.shape[x.rank - 1]];
  }

  /** The rows at `indices`, `[k, d]` or `[b, k, d]`: coefficients xᵀ. */
  rows(): Tensor {
    return tidy(() => mul(expandDims(this.coefficients, -1), expandDims(this.x, -2)));
  }

  /** The gradient with its zeros, `[n, d]`. */
  dense(): Tensor {
    return tidy(() => addRows(this.rows(), this.indices, this.shape));
  }

  /**
   * A step of gradient descent: variable − learningRate · this.
   *
   * On cpu and wasm it writes the k rows, and no other number, where no other tensor shares the data of
   * the variable. Otherwise, and always the first time, when the data may still be an array of yours, the
   * variable gets a new copy. So it does on tensorflow, webgl and webgpu, which let nobody write into a
   * tensor.
   *
   * @param variable `[n, d]`, float32.
   * @param learningRate a finite number.
   * @returns whether only the rows were written.
   * @throws if an argument is not as described; the variable is as it was.
   */
  subtractFrom(variable: Variable, learningRate: number): boolean {
    const [n, d] = this.shape;
    if (!(variable instanceof Variable)) {
      throw new Error(`subtractFrom: variable must be a tf.Variable, got ${shown(variable)}`);
    }
    if (variable.shape.length !== 2 || variable.shape[0] !== n || variable.shape[1] !== d) {
      const shapes = `[${String(this.shape)}], got [${String(variable.shape)}]`;
      throw new Error(`subtractFrom: variable must be of shape ${shapes}`);
    }
    if (variable.dtype !== 'float32') {
      throw new Error(`subtractFrom: variable must be float32, got ${variable.dtype}`);
    }
    if (!Number.isFinite(learningRate)) {
      throw new Error(
        `subtractFrom: learningRate must be a finite number, got ${shown(learningRate)}`,
      );
    }

    const data = OWN.has(variable.dataId) ? liveData(variable) : undefined;
    if (data) {
      this.subtractFromData(data, learningRate);
      return true;
    }
    tidy(() => {
      variable.assign(sub(variable, mul(this.dense(), learningRate)));
    });
    OWN.add(variable.dataId);
    return false;
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
}
