import { add, div, mul, sqrt, sub, type serialization } from '@tensorflow/tfjs-core';
import { assertArg, checkDecay, checkFloat32, checkPositive } from './args/check.ts';
import { named } from './args/operation.ts';
import type { RowStep } from './gradients/stepRows.ts';
import { RowwiseOptimizer } from './RowwiseOptimizer.ts';
import { MAX_FLOAT, MIN_POSITIVE } from './util/float32.ts';

const NAME = 'SparseAdam';

/**
 * Adam (Kingma and Ba, 2015, arXiv:1412.6980) that also takes row-sparse gradients. With g the gradient at step t,
 *
 *   m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,   w ← w − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
 *
 * A dense tensor updates everything, as tf.train.adam does. A `RowSparse` updates only its rows, in w, m and v, as
 * torch.optim.SparseAdam does: a row that does not occur stays where it is and keeps its momentum. For Adam exactly
 * as in the dense case, pass `dW.dense()`. ε is 1e-8 by default, as in PyTorch; in tf.train.adam it is 1e-7.
 *
 * It is an optimizer of tfjs, with `applyGradients`, `minimize`, `getWeights` and `setWeights`. `learningRate` may be
 * set between steps. With `tfjs-topk-grad/layers` imported, `tf.loadLayersModel` restores it in a model that was saved
 * with `includeOptimizer`. Its state goes by the names of the variables. A model that is loaded in the program that
 * made its original gets other names from tfjs: then the optimizer starts without a state.
 *
 * @example
 * const W = tf.variable(tf.tensor2d([[1, 0], [0, 2], [1, 1]]));
 * const optimizer = new SparseAdam(0.1);
 * const { dW } = rowSparseGrads(W, [3, 1], 1, (v) => v.square().sum()); // selects row 2
 * optimizer.applyGradients({ [W.name]: dW });
 * W.print(); // [[1, 0], [0, 2], [0.9, 0.9]]
 */
export class SparseAdam extends RowwiseOptimizer {
  // A getter, as tfjs has it: a property would keep bundlers from leaving out the class.
  static get className(): string {
    return NAME;
  }

  protected readonly stateNames = ['m', 'v'];
  private readonly settings: {
    beta1: number;
    beta2: number;
    epsilon: number;
  };

  /**
   * @throws unless learningRate is positive and epsilon at least 2⁻¹²⁶, both are finite in float32, and beta1 and beta2
   *   are in [0, 1).
   */
  constructor(learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8) {
    super();
    this.learningRate = learningRate;
    named(NAME, () => {
      checkDecay(beta1, 'beta1');
      checkDecay(beta2, 'beta2');
      checkPositive(epsilon, 'epsilon');
      checkFloat32(epsilon, 'epsilon');
      assertArg(epsilon >= MIN_POSITIVE, 'epsilon', 'be 2^-126 or more', { value: epsilon });
    });
    this.settings = { beta1, beta2, epsilon };
  }

  /** The optimizer of what `getConfig` returned; tfjs calls it where it loads a model. */
  static override fromConfig<T extends serialization.Serializable>(
    cls: new (learningRate?: number, beta1?: number, beta2?: number, epsilon?: number) => T,
    config: Record<string, unknown>,
  ): T {
    const { learningRate, beta1, beta2, epsilon } = config as Partial<Record<string, number>>;
    return new cls(learningRate, beta1, beta2, epsilon);
  }

  getConfig() {
    return { learningRate: this.learningRate, ...this.settings };
  }

  protected stepAt(t: number): RowStep {
    const { beta1: β1, beta2: β2, epsilon: ε } = this.settings;
    const η = this.learningRate;
    // w ← w − rate · m / (scale · √v + ε)
    const rate = Math.min(η / (1 - β1 ** t), MAX_FLOAT); // float32 makes Infinity of more, and NaN of Infinity · 0
    const scale = 1 / Math.sqrt(1 - β2 ** t);
    return {
      onData: (w, [m, v], g, from) => {
        for (let i = from, j = 0; j < g.length; i++, j++) {
          m[i] = β1 * m[i] + (1 - β1) * g[j];
          v[i] = β2 * v[i] + (1 - β2) * g[j] * g[j];
          w[i] -= (rate * m[i]) / (scale * Math.sqrt(v[i]) + ε);
        }
      },
      onWasm: (wasm, [w, m, v], g, size) => {
        wasm.adam(w, m, v, g, size, β1, 1 - β1, β2, 1 - β2, rate, scale, ε);
      },
      onDevice: (w, [m, v], g) => {
        const newM = add(mul(m, β1), mul(g, 1 - β1));
        const newV = add(mul(v, β2), mul(mul(g, 1 - β2), g)); // g² may overflow
        const step = div(mul(newM, rate), add(mul(sqrt(newV), scale), ε));
        return [sub(w, step), newM, newV];
      },
    };
  }
}
