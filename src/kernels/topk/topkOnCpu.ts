import {
  engine,
  util,
  type DataType,
  type KernelBackend,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { Selection } from '../select/Selection.ts';
import { selectLargest } from '../select/selectLargest.ts';

/**
 * Top-k along the last axis on the processor, for every backend whose data can be read synchronously: `selectLargest`
 * runs the wasm module on a copy, and `selectEachRow` does where there is no WebAssembly.
 */
export function topkOnCpu({
  inputs: { x },
  attrs,
  backend,
}: {
  inputs: { x: TensorInfo };
  attrs: Selection;
  backend: Pick<KernelBackend, 'write'>;
}): TensorInfo[] {
  const dtype = x.dtype as 'float32' | 'int32' | 'bool'; // stock tf.topk also takes bool
  const n = x.shape[x.shape.length - 1];
  const shape = [...x.shape.slice(0, -1), attrs.k];
  const isEmpty = util.sizeFromShape(shape) === 0; // then nothing is read: x may be on a GPU
  const { values, indices } = isEmpty ? EMPTY : selectLargest(read(x, dtype), n, attrs);
  return [
    { dataId: backend.write(ofDtype(values, dtype), shape, dtype), shape, dtype },
    { dataId: backend.write(indices, shape, 'int32'), shape, dtype: 'int32' },
  ];
}

const EMPTY = { values: new Float32Array(), indices: new Int32Array() };

/** A tensor's data, from whichever backend holds them. A cast on cpu to a wider dtype leaves them unconverted. */
function read({ dataId }: TensorInfo, dtype: DataType): Float32Array | Int32Array {
  const data = engine().readSync(dataId) as ArrayLike<number>;
  if (dtype === 'float32') return data instanceof Float32Array ? data : new Float32Array(data);
  return data instanceof Int32Array ? data : new Int32Array(data);
}

function ofDtype(values: Float32Array | Int32Array, dtype: DataType) {
  return dtype === 'bool' ? Uint8Array.from(values) : values;
}
