import { engine, tidy, type TensorContainer } from '@tensorflow/tfjs';

/**
 * The peak memory of tensors allocated by `run`, in bytes, as tfjs counts it after each kernel.
 * (tf.profile reports the same, but asynchronously.)
 */
export function peakBytes(run: () => TensorContainer): number {
  const { state } = engine();
  const before = state.numBytes;
  state.profiling = true;
  state.activeProfile.kernels = [];
  try {
    tidy(run);
    return Math.max(...state.activeProfile.kernels.map((k) => k.totalBytesSnapshot)) - before;
  } finally {
    state.profiling = false;
  }
}
