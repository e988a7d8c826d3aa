import {
  backend,
  cast,
  getBackend,
  mul,
  reshape,
  transpose,
  type DataStorage,
  type DataType,
  type Tensor,
} from '@tensorflow/tfjs-core';

/** x with the axes a and b exchanged. */
export function swapAxes(x: Tensor, a: number, b: number): Tensor {
  if (a === b) return x;
  const permutation = x.shape.map((_, i) => (i === a ? b : i === b ? a : i));
  if (x.size === 0) {
    const shape = permutation.map((i) => x.shape[i]);
    return reshape(x, shape); // transpose fails for empty tensors on some backends
  }
  if (getBackend() !== 'webgpu') return transpose(x, permutation);
  // There, transpose compiles neither for integers of rank 3 and more, nor for float32 that was cast from integers: a
  // cast leaves these in the buffer. It gives zeros then. A product is written as float32.
  if (x.dtype === 'int32' && x.rank > 2) {
    const asFloat = mul(cast(x, 'float32'), 1);
    return cast(transpose(asFloat, permutation), 'int32');
  }
  return transpose(isCast(x) ? mul(x, 1) : x, permutation);
}

/** Whether the buffer on webgpu holds another dtype than the tensor's. */
function isCast({ dataId, dtype }: Tensor): boolean {
  const { tensorMap } = backend() as object as { tensorMap?: DataStorage<{ dtype: DataType }> };
  return tensorMap?.has(dataId) === true && tensorMap.get(dataId).dtype !== dtype;
}
