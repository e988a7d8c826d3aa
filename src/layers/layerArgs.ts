import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { assertArg, checkAxis, checkOptionNames } from '../args/check.ts';

/** The arguments that every layer of tfjs takes. */
export type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** null is a size that is not known yet, such as that of the batch. */
export type Shape = (number | null)[];

const LAYER_ARGS = [
  'name',
  'inputShape',
  'batchInputShape',
  'batchSize',
  'dtype',
  'inputDType',
  'trainable',
  'weights',
  'customObjects', // which tfjs adds when it loads a model
];

/** Throws unless args is an object with `names` and arguments of every layer only, and its k is a positive integer. */
export function checkLayerArgs(args: { k: number }, names: readonly string[]): void {
  checkOptionNames(args, [...names, ...LAYER_ARGS]);
  const { k } = args;
  assertArg(Number.isInteger(k) && k > 0, 'k', 'be a positive integer', { value: k });
}

/**
 * The axis counted from the first. Throws if there is none but that of the batch, it is that, or its size is known and
 * less than k.
 */
export function checkLayerAxis(axis: number, k: number, shape: Shape): number {
  assertArg(shape.length > 1, 'the input', 'be of rank 2 or higher, [batch, …]', { shape });
  const counted = checkAxis(axis, shape.length);
  assertArg(counted > 0, 'axis', 'not be that of the batch', { value: axis });
  const n = shape[counted];
  if (typeof n === 'number')
    assertArg(k <= n, 'k', `be an integer in [1, ${String(n)}]`, { value: k });
  return counted;
}

/** Throws unless it has numbers to compare. */
export function checkNumeric({ dtype }: Tensor): void {
  assertArg(['float32', 'int32'].includes(dtype), 'the input', 'be float32 or int32', dtype);
}

/** The shape of the layer's only input. */
export function onlyShape(shape: Shape | Shape[]): Shape {
  const isOne = !Array.isArray(shape[0]);
  assertArg(isOne, 'the input', 'be one tensor', `${String(shape.length)} tensors`);
  return shape as Shape;
}
