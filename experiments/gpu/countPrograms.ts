import * as tf from '@tensorflow/tfjs';

interface Backend {
  runWebGPUProgram?: (
    program: { uniforms?: string; shaderKey: string },
    inputs: tf.TensorInfo[],
    dtype: string,
    uniforms?: { data: number[] }[],
  ) => tf.TensorInfo;
  readSync: (dataId: object) => tf.DataTypeMap['float32'];
  read: (dataId: object) => Promise<tf.DataTypeMap['float32']>;
}

/**
 * Runs f, and counts the programs that it enqueues on webgpu, the numbers that its selections read, and reads of the
 * device.
 */
export function countPrograms(f: () => void) {
  const backend = tf.backend() as object as Backend;
  const counts = { dispatches: 0, numbersRead: 0, reads: 0 };
  const { runWebGPUProgram, readSync, read } = backend;
  backend.readSync = (dataId) => {
    counts.reads++;
    return readSync.call(backend, dataId);
  };
  backend.read = (dataId) => {
    counts.reads++;
    return read.call(backend, dataId);
  };
  if (runWebGPUProgram) {
    backend.runWebGPUProgram = (program, inputs, dtype, uniforms) => {
      counts.dispatches++;
      const names = (program.uniforms ?? '').split(',').map((part) => part.split(':')[0].trim());
      const valueOf = (name: string) => uniforms?.[names.indexOf(name)]?.data[0] ?? 1;
      // More than one tile of a chunk is read for each of three digits, and at last.
      const times = valueOf('tiles') > 1 ? 4 : 1;
      if (program.shaderKey.includes('topk-grad select')) {
        counts.numbersRead += valueOf('rows') * valueOf('m') * inputs.length * times;
      }
      return runWebGPUProgram.call(backend, program, inputs, dtype, uniforms);
    };
  }
  try {
    f();
  } finally {
    Object.assign(backend, { readSync, read, ...(runWebGPUProgram && { runWebGPUProgram }) });
  }
  return counts;
}
