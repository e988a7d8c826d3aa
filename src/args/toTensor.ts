import { Tensor, tensor, util, type DataType, type TensorLike } from '@tensorflow/tfjs-core';
import { formatValue } from '../util/formatValue.ts';

/**
 * `x` as a tensor of numbers: a tensor is returned itself; a number, a typed array or nested
 * arrays are made into a new one, which belongs to the caller.
 *
 * @param dtype 'numeric' takes float32 and int32; 'float32' and 'int32' only that, and arrays of
 *   numbers or of integers.
 * @throws if x is anything else, ragged, or disposed; names `fn` and `argument`.
 */
export function toTensor(
  x: Tensor | TensorLike,
  argument: string,
  fn: string,
  dtype: 'numeric' | 'float32' | 'int32' = 'numeric',
): Tensor {
  const refuse = (rule: string, got: string): never => {
    throw new Error(`${fn}: ${argument} must ${rule}, got ${got}`);
  };
  const checkDtype = (got: DataType) => {
    const dtypes = dtype === 'numeric' ? ['float32', 'int32'] : [dtype];
    if (!dtypes.includes(got)) refuse(`be ${dtypes.join(' or ')}`, got);
  };
  if (x instanceof Tensor) {
    if (x.isDisposed) refuse('not be disposed', `a disposed tensor of shape [${String(x.shape)}]`);
    checkDtype(x.dtype);
    return x;
  }

  // tfjs checks nested arrays only outside of production mode, and objects in them never.
  const isEntry = dtype === 'int32' ? Number.isInteger : (e: unknown) => typeof e === 'number';
  const kind = dtype === 'int32' ? 'integers' : 'numbers';
  const isList = (e: unknown): e is unknown[] =>
    Array.isArray(e) || util.isTypedArray(e as TensorLike);
  const shapeOf = (list: unknown[]): number[] => {
    if (list.length > 0 && isList(list[0])) {
      const shapes = list.map((row) => (isList(row) ? shapeOf(row) : []));
      const other = shapes.find((shape) => !util.arraysEqual(shape, shapes[0]));
      if (other) refuse('have rows of one shape', `[${String(shapes[0])}] and [${String(other)}]`);
      return [list.length, ...shapes[0]];
    }
    const wrong = list.findIndex((entry) => !isEntry(entry));
    if (wrong >= 0) refuse(`be a tensor or an array of ${kind}`, formatValue(list[wrong]));
    return [list.length];
  };
  const shape = isList(x) ? shapeOf(x) : shapeOf([x]).slice(1);
  if (dtype === 'float32') checkDtype(util.inferDtype(x));
  return tensor(x, shape, dtype === 'int32' ? 'int32' : undefined);
}
