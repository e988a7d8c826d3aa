import { engine, type TensorInfo } from '@tensorflow/tfjs-core';

/** The data of a float32 tensor. A cast on cpu leaves integers as they are: these are converted. */
export function readFloats({ dataId }: TensorInfo): Float32Array {
  const data = engine().readSync(dataId) as ArrayLike<number>;
  return data instanceof Float32Array ? data : new Float32Array(data);
}
