import {
  engine,
  util,
  type KernelBackend,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { selectLargest } from '../select/selectLargest.ts';

export interface TopKAttrs {
  k: number;
  /** by default true: tfjs's own TopK has no choice */
  largest?: boolean;
  sorted: boolean;
}

/** Top-k along the last axis on the processor, for every backend whose data can be read there. */
export const topkOnCpu: KernelFunc = ({ inputs, attrs, backend }) => {
  const { x } = inputs as { x: TensorInfo };
  const dtype = x.dtype as 'float32' | 'int32';
  const { k, largest = true, sorted } = attrs as TopKAttrs & typeof attrs;
  const memory = backend as Pick<KernelBackend, 'write'>;
  const n = x.shape[x.shape.length - 1];
  const shape = [...x.shape.slice(0, -1), k];
  const size = util.sizeFromShape(shape);

  // Nothing is read for an empty result: it may be on a GPU.
  const data = size === 0 ? new Int32Array() : numbersOf(x, dtype);
  const indices = selectLargest(data, n, k, largest, sorted);
  const values = util.getTypedArrayFromDType(dtype, size);
  for (let i = 0; i < size; i++) values[i] = data[Math.floor(i / k) * n + indices[i]];
  return [
    { dataId: memory.write(values, shape, dtype), shape, dtype },
    { dataId: memory.write(indices, shape, 'int32'), shape, dtype: 'int32' },
  ];
};

/**
 * The numbers of a tensor, from whichever backend holds it. A cast to a wider dtype leaves the data as
 * they were, so they are converted here.
 */
function numbersOf({ dataId }: TensorInfo, dtype: 'float32' | 'int32') {
  const data = engine().readSync(dataId) as ArrayLike<number>;
  if (dtype === 'float32') return data instanceof Float32Array ? data : new Float32Array(data);
  return data instanceof Int32Array ? data : new Int32Array(data);
}
