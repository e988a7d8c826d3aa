import { util, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { assertArg } from '../../args/check.ts';
import { toTensor } from '../../args/toTensor.ts';
import { formatShape } from '../../util/formatShape.ts';
import { OperationError } from '../../util/OperationError.ts';
import { tidyValue } from '../../util/tidyValue.ts';

/** The entries of a vector, or of a tensor of this shape, if they are not NaN. */
export function readEntries(
  tensor: Tensor | TensorLike,
  argument: string,
  shape?: number[],
): Float32Array {
  return tidyValue(() => {
    const t = toTensor(tensor, argument, 'float32');
    const rule = shape ? `be of shape ${formatShape(shape)}` : 'be of rank 1';
    const holds = shape ? util.arraysEqual(t.shape, shape) : t.rank === 1;
    assertArg(holds, argument, rule, `shape ${formatShape(t.shape)}`);
    const entries = Float32Array.from(t.dataSync());
    if (entries.some(Number.isNaN)) throw new OperationError(`${argument} must not contain NaN`);
    return entries;
  });
}
