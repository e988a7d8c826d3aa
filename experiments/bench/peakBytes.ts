import { engine, tidy, type TensorContainer } from '@tensorflow/tfjs';

/**
 * The most bytes of tensors that there are while `run` runs, beside those before, as tfjs counts them
 * after each kernel. (tf.profile does the same, but asynchronously.)
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
