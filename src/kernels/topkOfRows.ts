import {
  engine,
  util,
  type KernelBackend,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { orderKeys } from './orderKeys.ts';
import { selectGreatest } from './selectGreatest.ts';

export interface TopKAttrs {
  k: number;
  largest: boolean;
  sorted: boolean;
}

/** Top-k along the last axis on the processor, for every backend whose data can be read there. */
export const topkOfRows: KernelFunc = ({ inputs, attrs, backend }) => {
  const { x } = inputs as { x: TensorInfo };
  const dtype = x.dtype as 'float32' | 'int32';
  const { k, largest, sorted } = attrs as TopKAttrs & typeof attrs;
  const memory = backend as Pick<KernelBackend, 'write'>;
  const n = x.shape[x.shape.length - 1];
  const shape = [...x.shape.slice(0, -1), k];
  const size = util.sizeFromShape(shape);

  const values = util.getTypedArrayFromDType(dtype, size);
  const indices = new Int32Array(size);
  // From whichever backend holds it. A cast to a wider dtype leaves the data as they were, so they
  // are converted here. Nothing is read for an empty result: it may be on a GPU.
  const read = size === 0 ? [] : (engine().readSync(x.dataId) as ArrayLike<number>);
  const data = dtype === 'float32' ? new Float32Array(read) : new Int32Array(read);
  for (let row = 0; row * k < size; row++) {
    const entries = data.subarray(row * n, (row + 1) * n);
    const places = selectGreatest(orderKeys(entries, dtype, largest), k, sorted);
    indices.set(places, row * k);
    for (let i = 0; i < k; i++) values[row * k + i] = entries[places[i]];
  }
  return [
    { dataId: memory.write(values, shape, dtype), shape, dtype },
    { dataId: memory.write(indices, shape, 'int32'), shape, dtype: 'int32' },
  ];
};
