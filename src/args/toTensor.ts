import { Tensor, tensor, util, type TensorLike } from '@tensorflow/tfjs-core';
import { formatShape } from '../util/formatShape.ts';
import { formatValue } from '../util/formatValue.ts';
import { assertArg } from './check.ts';

/**
 * `x` as a tensor of numbers: a tensor is returned itself; a number, a typed array or nested arrays become a
 * new one, which belongs to the caller.
 *
 * @param dtype 'numeric' accepts float32 and int32; 'float32' and 'int32' only that, and arrays of numbers or
 *   of integers.
 * @throws if x is anything else, ragged, or disposed; a symbolic tensor of tfjs-layers, too.
 */
export function toTensor(
  x: Tensor | TensorLike,
  argument: string,
  dtype: 'numeric' | 'float32' | 'int32' = 'numeric',
): Tensor {
  const dtypes = dtype === 'numeric' ? ['float32', 'int32'] : [dtype];
  if (x instanceof Tensor) {
    if (x.isDisposed) refuseDisposed(x, argument); // text is made only where it is needed
    assertArg(dtypes.includes(x.dtype), argument, () => `be ${dtypes.join(' or ')}`, x.dtype);
    return x;
  }
  checkNotSymbolic(x, argument);
  const shape = shapeOf(x, argument, dtype === 'int32' ? 'int32 integer' : 'number');
  const inferred = util.inferDtype(x);
  if (dtype === 'float32') assertArg(inferred === dtype, argument, `be ${dtype}`, inferred);
  return tensor(x, shape, dtype === 'int32' ? 'int32' : undefined);
}

function refuseDisposed({ shape }: Tensor, argument: string): never {
  assertArg(false, argument, 'not be disposed', `a disposed tensor of shape ${formatShape(shape)}`);
}

/** A symbolic tensor of tfjs-layers stands for the output of a layer, and has no values. */
function checkNotSymbolic(x: unknown, argument: string): void {
  const isSymbolic = typeof x === 'object' && x !== null && 'sourceLayer' in x;
  const got =
    'a symbolic tensor: wrap the call in a layer, ' +
    'such as TopkActivation of tfjs-topk-grad/layers';
  assertArg(!isSymbolic, argument, 'be a tensor', got);
}

type Entry = 'number' | 'int32 integer' | 'boolean';

/**
 * The shape of nested arrays. Throws if they are ragged, or hold anything but entries of this kind. tfjs
 * checks this only outside of production mode, and never checks for objects.
 *
 * @param path to x.
 */
export function shapeOf(x: unknown, argument: string, entry: Entry, path = ''): number[] {
  const isEntry = entry === 'int32 integer' ? isInt32 : (e: unknown) => typeof e === entry;
  if (isList(x) && x.length > 0 && isList(x[0])) {
    const [first, ...others] = x.map((row, i) =>
      shapeOf(row, argument, entry, `${path}${String(i)},`),
    );
    const other = others.find((shape) => !util.arraysEqual(shape, first));
    const shapes = `${formatShape(first)} and ${formatShape(other ?? [])}`;
    assertArg(other === undefined, argument, 'have rows of one shape', shapes);
    return [x.length, ...first];
  }
  if (util.isTypedArray(x as TensorLike) && entry === 'number') return [(x as Float32Array).length];
  const list = isList(x) ? x : [x];
  const wrong = list.findIndex((e) => !isEntry(e));
  if (wrong >= 0) {
    const rule = `be a tensor or an array of ${entry}s`;
    const where = isList(x) ? ` at [${path}${String(wrong)}]` : '';
    assertArg(false, argument, rule, formatValue(list[wrong]) + where);
  }
  return isList(x) ? [x.length] : [];
}

/** tfjs would keep the last 32 bits of others. */
function isInt32(entry: unknown): boolean {
  return Number.isInteger(entry) && (entry as number) >= -(2 ** 31) && (entry as number) < 2 ** 31;
}

function isList(x: unknown): x is unknown[] {
  return Array.isArray(x) || util.isTypedArray(x as TensorLike);
}
