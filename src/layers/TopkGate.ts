import {
  add,
  dispose,
  keep,
  mul,
  randomNormal,
  scalar,
  softplus,
  tidy,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { named } from '../args/operation.ts';

import { BALANCE_LOSSES } from './balanceLosses.ts';
import {
  checkFloat,
  checkGateShapes,
  GATE_ARGS,
  gateSettings,
  type GateSettings,
  type TopkGateArgs,
} from './gateArgs.ts';
import { checkLayerArgs, type Shape } from './layerArgs.ts';
import { firstOf, maskOf, type CallArgs } from './layerInput.ts';
import { selectGates } from './selectGates.ts';

const NAME = 'TopkGate';

/**
 * The gate of a mixture of experts: from the router's logits `[batch, …, n]` it makes gates of the same shape, and
 * selects k in each row; the others are zero. It is noisy top-k gating (Shazeer et al., 2017, arXiv:1701.06538), and
 * for k = 1 the gate of the Switch Transformer (Fedus, Zoph and Shazeer, 2022, arXiv:2101.03961). It has no weights:
 * the router is a dense layer before it.
 *
 * For noise that is learned, as in the paper, apply it to two tensors, `[logits, noiseLogits]`: then the standard
 * deviation is softplus(noiseLogits). There is noise in training only.
 *
 * Without a load-balancing loss a router may send everything to few experts. `balance` adds one in training, times
 * `balanceWeight`:
 *
 * - 'importance': the squared coefficient of variation of the experts' importance, the sum of their gates over the
 *   batch (Shazeer et al., equation 7). 0 if all are equal.
 * - 'switch': n Σᵢ fᵢ pᵢ (Fedus et al., equation 4). fᵢ is the share of selections that went to expert i, and pᵢ the
 *   mean of the softmax of the logits. 1 if all are equal.
 *
 * `model.fit` adds it to the loss. In a training loop of your own add `model.calculateLosses()`, after
 * `model.apply(x, { training: true })`. Examples that a mask leaves out do not count.
 *
 * @throws if k is not a positive integer or exceeds n; `softmax` is 'selected' with k = 1, where each gate would be 1
 *   and the router would learn nothing; or another argument is not as described.
 *
 * @example
 * const logits = tf.input({ shape: [4] });
 * const gates = new TopkGate({ k: 2 }).apply(logits) as tf.SymbolicTensor;
 * const model = tf.model({ inputs: logits, outputs: gates });
 * const y = model.predict(tf.tensor2d([[3, 1, -2, 2]])) as tf.Tensor;
 * y.print(); // [[0.7311, 0, 0, 0.2689]]
 */
export class TopkGate extends layers.Layer {
  /** Its name in saved models. */
  static readonly className = NAME;
  private readonly settings: GateSettings;
  /** The load-balancing losses that have not been asked for, of the last pass in training. */
  private pending: Scalar[] = [];
  private pass?: CallArgs; // tfjs hands one object to all layers of a model
  private draws = 0;

  constructor(args: TopkGateArgs) {
    named(NAME, () => {
      checkLayerArgs(args, GATE_ARGS);
    });
    super(args);
    this.settings = named(NAME, () => gateSettings(args));
    this.supportsMasking = true;
    if (this.settings.balance !== undefined) this.addLoss(() => this.takeLoss());
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.settings };
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape {
    return this.shapeOfLogits(shape);
  }

  override build(shape: Shape | Shape[]): void {
    this.shapeOfLogits(shape);
    super.build(shape);
  }

  override call(inputs: Tensor | Tensor[], args: CallArgs = {}): Tensor {
    return tidy(() => {
      this.invokeCallHook(inputs, args);
      const list = Array.isArray(inputs) ? inputs : [inputs];
      this.shapeOfLogits(list.map(({ shape }) => shape));
      const [logits, noiseLogits] = list as [Tensor, Tensor?];
      named(NAME, () => {
        checkFloat(logits, 'logits');
        if (args.training && noiseLogits) checkFloat(noiseLogits, 'noiseLogits');
      });
      const noisy = args.training ? this.addNoise(logits, noiseLogits) : logits;
      const { gates, indices } = selectGates(noisy, this.settings);
      const { balance } = this.settings;
      if (args.training && balance !== undefined) {
        const mask = maskOf(this, logits, args.mask);
        this.keepLoss(BALANCE_LOSSES[balance]({ gates, indices, logits, mask }), args);
      }
      return gates;
    });
  }

  /** With the last model that has it, also disposes a load-balancing loss that nothing has asked for. */
  override dispose(): ReturnType<layers.Layer['dispose']> {
    const disposed = super.dispose();
    if (disposed.refCountAfterDispose === 0) dispose(this.pending.splice(0));
    return disposed;
  }

  override computeMask(_: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    if (!mask) return null as never; // none, which tfjs's types do not allow for
    return firstOf(mask);
  }

  private addNoise(logits: Tensor, noiseLogits?: Tensor): Tensor {
    const { noise, seed } = this.settings;
    if (!noiseLogits && noise === 0) return logits;
    // As text: tfjs takes the seed 0 for none, and a sum of large numbers may not change.
    const drawn =
      seed === undefined ? undefined : (`${String(seed)}/${String(this.draws++)}` as never);
    const normal = randomNormal(logits.shape, 0, 1, 'float32', drawn);
    return add(logits, mul(normal, noiseLogits ? softplus(noiseLogits) : noise));
  }

  /** Until tfjs asks for it, after the call; at most one for each place that a shared layer has in the model. */
  private keepLoss(loss: Scalar, args: CallArgs): void {
    if (args !== this.pass) dispose(this.pending.splice(0));
    this.pass = args;
    this.pending.push(keep(loss)); // tfjs may call the layer in a tf.tidy of its own
    const places = Math.max(1, this.inboundNodes.length);
    dispose(this.pending.splice(0, this.pending.length - places));
  }

  /** tfjs asks once for each place, so the first time they are all added up, and then there are none. */
  private takeLoss(): Scalar {
    const losses = this.pending;
    this.pending = [];
    const total = tidy((): Scalar => {
      const sum = losses.reduce((a, b) => add(a, b), scalar(0));
      return mul(sum, this.settings.balanceWeight);
    });
    dispose(losses);
    return total;
  }

  private shapeOfLogits(shape: Shape | Shape[]): Shape {
    return named(NAME, () => checkGateShapes(shape, this.settings.k));
  }
}
