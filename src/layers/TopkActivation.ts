import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { checkBoolean, checkOneOf } from '../args/check.ts';
import { named } from '../args/operation.ts';
import { keepWhere } from '../gradients/keepWhere.ts';
import { putAlongAxis } from '../putAlongAxis.ts';
import { topkActivation } from '../topkActivation.ts';
import {
  checkLayerArgs,
  checkLayerAxis,
  checkNumeric,
  onlyShape,
  type LayerArgs,
  type Shape,
} from './layerArgs.ts';
import { firstOf, maskOf, spreadMask, stepsFirst, type CallArgs } from './layerInput.ts';

const NAME = 'TopkActivation';
const NAMES = ['k', 'axis', 'largest', 'tieGradient'] as const;

export interface TopkActivationArgs extends LayerArgs {
  /** How many entries are kept. */
  k: number;
  /** The axis to select along, −1 by default; not 0, that of the batch. */
  axis?: number;
  /** false keeps the smallest. */
  largest?: boolean;
  /** The gradient where entries tie at the threshold, as for `topk`. */
  tieGradient?: 'first' | 'even';
}

/**
 * A layer that keeps the k largest entries along an axis and sets the others to zero, as `topkActivation` does. It has
 * no weights. Input and output have the same shape, `[batch, …]`.
 *
 * A mask, such as that of `tf.layers.masking`, is passed on. Steps that it leaves out are zero and are not selected if
 * `axis` is one of its axes, such as that of time. With `tieGradient: 'even'` entries that are −Infinity share their
 * gradient with them.
 *
 * @throws if k is not a positive integer or exceeds the size of the axis, or another argument is not as described.
 *
 * @example
 * const model = tf.sequential({ layers: [new TopkActivation({ k: 2, inputShape: [4] })] });
 * const y = model.predict(tf.tensor2d([[3, 1, -2, 2]])) as tf.Tensor;
 * y.print(); // [[3, 0, 0, 2]]
 */
export class TopkActivation extends layers.Layer {
  /** Its name in saved models. */
  static readonly className = NAME;
  private readonly settings: Required<Pick<TopkActivationArgs, (typeof NAMES)[number]>>;

  constructor(args: TopkActivationArgs) {
    named(NAME, () => {
      checkLayerArgs(args, NAMES);
    });
    super(args);
    const { k, axis = -1, largest = true, tieGradient = 'first' } = args;
    named(NAME, () => {
      checkBoolean(largest, 'largest');
      checkOneOf(tieGradient, ['first', 'even'], 'tieGradient');
    });
    this.settings = { k, axis, largest, tieGradient };
    this.supportsMasking = true;
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.settings };
  }

  override build(shape: Shape | Shape[]): void {
    this.axisOf(named(NAME, () => onlyShape(shape)));
    super.build(shape);
  }

  override call(inputs: Tensor | Tensor[], args: CallArgs = {}): Tensor {
    return tidy(() => {
      const x = firstOf(inputs);
      this.invokeCallHook(inputs, args);
      const axis = this.axisOf(x.shape);
      named(NAME, () => {
        checkNumeric(x);
      });
      const { k, largest, tieGradient } = this.settings;
      const mask = maskOf(this, x, args.mask);
      if (!mask || axis >= mask.rank) return topkActivation(x, k, { axis, largest, tieGradient });

      const isStep = spreadMask(mask, x.shape);
      const { candidates, order } = stepsFirst(x, isStep, axis, largest);
      const selected = topkActivation(candidates, k, { axis, largest, tieGradient });
      const inPlace = putAlongAxis(selected, order, x.shape[axis], axis);
      return keepWhere(inPlace, isStep);
    });
  }

  private axisOf(shape: Shape): number {
    const { axis, k } = this.settings;
    return named(NAME, () => checkLayerAxis(axis, k, shape));
  }
}
