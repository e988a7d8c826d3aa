import { cast, getBackend, mul, reshape, transpose, type Tensor } from '@tensorflow/tfjs-core';

/** x with the axes a and b exchanged. */
export function swapAxes(x: Tensor, a: number, b: number): Tensor {
  if (a === b) return x;
  const permutation = x.shape.map((_, i) => (i === a ? b : i === b ? a : i));
  if (x.size === 0) {
    const shape = permutation.map((i) => x.shape[i]);
    return reshape(x, shape); // transpose fails for empty tensors on some backends
  }
  if (x.dtype === 'int32' && x.rank > 2 && getBackend() === 'webgpu') {
    // Its transpose of integers of rank 3 and more does not compile, and gives zeros. A cast alone
    // leaves the integers in the buffer; a product is written as float32.
    const asFloat = mul(cast(x, 'float32'), 1);
    return cast(transpose(asFloat, permutation), 'int32');
  }
  return transpose(x, permutation);
}
