import {
  add,
  cast,
  less,
  mul,
  range,
  scalar,
  sub,
  sum,
  tidy,
  where,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { assertArg, checkOneOf } from '../args/check.ts';
import { named } from '../args/operation.ts';
import { keepWhere } from '../gradients/keepWhere.ts';
import { withoutTape } from '../kernels/runKernel.ts';
import { sort } from '../sort.ts';
import { takeAlongAxis } from '../takeAlongAxis.ts';
import { topk } from '../topk.ts';
import {
  checkLayerArgs,
  checkLayerAxis,
  checkNumeric,
  onlyShape,
  type LayerArgs,
  type Shape,
} from './layerArgs.ts';
import { firstOf, maskOf, spreadMask, stepsFirst, type CallArgs } from './layerInput.ts';

const NAME = 'KMaxPooling';
const TIME = 1; // the axis

export interface KMaxPoolingArgs extends LayerArgs {
  /** How many steps are kept of each feature. */
  k: number;
  /** 'time', the default, keeps them in their order; 'value' puts the largest first. */
  order?: 'time' | 'value';
}

/**
 * A layer that keeps the k largest entries of each feature over time: k-max pooling (Kalchbrenner, Grefenstette and
 * Blunsom, 2014, arXiv:1404.2188). From `[batch, T, features]` it makes `[batch, k, features]`. The entries stay in the
 * order in which they occur, as in the paper, or are sorted with `order: 'value'`. It has no weights.
 *
 * Steps that a mask leaves out, such as that of `tf.layers.masking`, are not selected. Where fewer than k steps are
 * left, zeros follow, and the mask of the output leaves these out.
 *
 * @throws if k is not a positive integer or exceeds T, the input is not of rank 3, or another argument is not as
 *   described.
 *
 * @example
 * const model = tf.sequential({ layers: [new KMaxPooling({ k: 2, inputShape: [4, 1] })] });
 * const y = model.predict(tf.tensor3d([[[2], [1], [0], [3]]])) as tf.Tensor;
 * y.print(); // [[[2], [3]]]
 */
export class KMaxPooling extends layers.Layer {
  /** Its name in saved models. */
  static readonly className = NAME;
  private readonly k: number;
  private readonly order: 'time' | 'value';

  constructor(args: KMaxPoolingArgs) {
    named(NAME, () => {
      checkLayerArgs(args, ['k', 'order']);
    });
    super(args);
    const { k, order = 'time' } = args;
    named(NAME, () => {
      checkOneOf(order, ['time', 'value'], 'order');
    });
    this.k = k;
    this.order = order;
    this.supportsMasking = true;
  }

  override getConfig() {
    return { ...super.getConfig(), k: this.k, order: this.order };
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape {
    const [batch, , features] = this.checkShape(shape);
    return [batch, this.k, features];
  }

  override build(shape: Shape | Shape[]): void {
    this.checkShape(shape);
    super.build(shape);
  }

  override call(inputs: Tensor | Tensor[], args: CallArgs = {}): Tensor {
    return tidy(() => {
      const x = firstOf(inputs);
      this.invokeCallHook(inputs, args);
      this.checkShape(x.shape);
      named(NAME, () => {
        checkNumeric(x);
      });
      const mask = maskOf(this, x, args.mask);
      return mask ? this.poolMasked(x, spreadMask(mask, x.shape)) : this.pool(x);
    });
  }

  /** Of `[batch, T]`, `[batch, k]`: the steps that are left come first. */
  override computeMask(inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const given = maskOf(this, firstOf(inputs), mask);
      if (!given) return null as never; // none, which tfjs's types do not allow for
      const counts = sum(cast(given, 'int32'), TIME, true);
      return less(range(0, this.k, 1, 'int32'), counts);
    });
  }

  private pool(x: Tensor): Tensor {
    const { values, indices } = topk(x, this.k, { axis: TIME });
    if (this.order === 'value') return values;
    return takeAlongAxis(x, sort(indices, { axis: TIME }).values, TIME);
  }

  private poolMasked(x: Tensor, isStep: Tensor): Tensor {
    const [isLeft, indices] = withoutTape(() => this.selectMasked(x, isStep));
    const values = takeAlongAxis(x, indices, TIME);
    return keepWhere(values, isLeft);
  }

  /** Which entries of the output are steps that the mask leaves in, and the indices of all. */
  private selectMasked(x: Tensor, isStep: Tensor): [isLeft: Tensor, indices: Tensor] {
    const { candidates, order } = stepsFirst(x, isStep, TIME, true);
    const chosen = topk(candidates, this.k, { axis: TIME }).indices;
    const indices = takeAlongAxis(order, chosen, TIME);
    const isSelected = takeAlongAxis(cast(isStep, 'int32'), indices, TIME);
    if (this.order === 'value') return [cast(isSelected, 'bool'), indices];
    // By time, those that the mask leaves out behind the others.
    const [, steps] = x.shape as number[];
    const T = scalar(steps, 'int32');
    const keys = add(indices, mul(sub(scalar(1, 'int32'), isSelected), T));
    const { values } = sort(keys, { axis: TIME });
    const isLeft = less(values, T);
    return [isLeft, where(isLeft, values, sub(values, T))];
  }

  private checkShape(shape: Shape | Shape[]): Shape {
    return named(NAME, () => {
      const one = onlyShape(shape);
      assertArg(one.length === 3, 'the input', 'be of shape [batch, T, features]', {
        shape: one,
      });
      checkLayerAxis(TIME, this.k, one);
      return one;
    });
  }
}
