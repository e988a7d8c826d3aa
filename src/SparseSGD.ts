import { add, mul, sub, type serialization } from '@tensorflow/tfjs-core';
import { checkDecay } from './args/check.ts';
import { named } from './args/operation.ts';
import type { RowStep } from './gradients/stepRows.ts';
import { RowwiseOptimizer } from './RowwiseOptimizer.ts';

const NAME = 'SparseSGD';

/**
 * Stochastic gradient descent with momentum that also takes row-sparse gradients. With g the gradient,
 *
 *   a ← μ a + g,   w ← w − η a.
 *
 * A dense tensor updates everything, as tf.train.momentum does. A `RowSparse` updates only its rows, in w and in a: a
 * row that does not occur stays where it is and keeps its momentum. Without momentum that is exactly the dense step.
 *
 * It is an optimizer of tfjs, with `applyGradients`, `minimize`, `getWeights` and `setWeights`. `learningRate` may be
 * set between steps. With `tfjs-topk-grad/layers` imported, `tf.loadLayersModel` restores it in a model that was saved
 * with `includeOptimizer`. Its state goes by the names of the variables. A model that is loaded in the program that
 * made its original gets other names from tfjs: then the optimizer starts without a state.
 *
 * @example
 * const W = tf.variable(tf.tensor2d([[1, 0], [0, 2], [1, 1]]));
 * const { dW } = rowSparseGrads(W, [3, 1], 1, (v) => v.square().sum()); // 8 [3, 1] in row 2
 * new SparseSGD(0.01).applyGradients({ [W.name]: dW });
 * W.print(); // [[1, 0], [0, 2], [0.76, 0.92]]
 */
export class SparseSGD extends RowwiseOptimizer {
  static get className(): string {
    return NAME;
  }

  protected readonly stateNames: string[];
  private readonly settings: { momentum: number };

  /** @throws unless learningRate is positive and finite in float32, and momentum in [0, 1). */
  constructor(learningRate: number, momentum = 0) {
    super();
    this.learningRate = learningRate;
    named(NAME, () => {
      checkDecay(momentum, 'momentum');
    });
    this.stateNames = momentum === 0 ? [] : ['accumulation'];
    this.settings = { momentum };
  }

  /** The optimizer of what `getConfig` returned; tfjs calls it where it loads a model. */
  static override fromConfig<T extends serialization.Serializable>(
    cls: new (learningRate: number, momentum?: number) => T,
    config: Record<string, unknown>,
  ): T {
    const { learningRate, momentum } = config as Record<string, number>;
    return new cls(learningRate, momentum);
  }

  getConfig() {
    return { learningRate: this.learningRate, ...this.settings };
  }

  protected stepAt(): RowStep {
    const { learningRate: η, settings } = this;
    const { momentum: μ } = settings;
    return {
      onData: (w, [a], g, from) => {
        for (let i = from, j = 0; j < g.length; i++, j++) {
          const step = μ === 0 ? g[j] : (a[i] = μ * a[i] + g[j]);
          w[i] -= η * step;
        }
      },
      // By a + (μ − 1) a, which may differ from μ a in the last bit.
      onWasm: (wasm, [w, a], g, size) => {
        if (μ !== 0) {
          wasm.addMultiple(a, μ - 1, a, size);
          wasm.addMultiple(a, 1, g, size);
        }
        wasm.addMultiple(w, -η, μ === 0 ? g : a, size);
      },
      onDevice: (w, state, g) => {
        const accumulation = state.map((a) => add(mul(a, μ), g));
        return [sub(w, mul(accumulation[0] ?? g, η)), ...accumulation];
      },
    };
  }
}
