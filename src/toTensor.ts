import { Tensor, tensor, util, type TensorLike } from '@tensorflow/tfjs-core';

/**
 * `x` as a tensor of numbers: a tensor is returned itself; a number, a typed array or nested
 * arrays are made into a new one, which belongs to the caller.
 *
 * @param dtype 'numeric' takes float32 and int32; 'int32' only int32, and arrays of integers.
 * @throws if x is anything else, or disposed; names `fn` and `argument`.
 */
export function toTensor(
  x: Tensor | TensorLike,
  argument: string,
  fn: string,
  dtype: 'numeric' | 'int32' = 'numeric',
): Tensor {
  const check = (holds: boolean, rule: string, got: unknown) => {
    if (!holds) throw new Error(`${fn}: ${argument} must ${rule}, got ${String(got)}`);
  };
  if (x instanceof Tensor) {
    const dtypes = dtype === 'int32' ? ['int32'] : ['float32', 'int32'];
    check(!x.isDisposed, 'not be disposed', `a disposed tensor of shape [${String(x.shape)}]`);
    check(dtypes.includes(x.dtype), `be ${dtypes.join(' or ')}`, x.dtype);
    return x;
  }
  const entries: unknown[] = util.isTypedArray(x) ? Array.from(x) : util.flatten([x as number[]]);
  const isEntry = dtype === 'int32' ? Number.isInteger : (e: unknown) => typeof e === 'number';
  const wrong = entries.findIndex((entry) => !isEntry(entry));
  const kind = dtype === 'int32' ? 'integers' : 'numbers';
  check(wrong < 0, `be a tensor or an array of ${kind}`, entries[wrong]);
  return tensor(x, undefined, dtype === 'int32' ? 'int32' : undefined);
}
