import { util, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { assertArg } from '../../args/check.ts';
import { checkEntries } from '../../args/checkEntries.ts';
import { toTensor } from '../../args/toTensor.ts';
import { formatShape } from '../../util/formatShape.ts';
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
    checkEntries(entries, t.shape, argument, 'not contain NaN', (entry) => !Number.isNaN(entry));
    return entries;
  });
}
