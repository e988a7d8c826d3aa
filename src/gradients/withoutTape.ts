import { engine } from '@tensorflow/tfjs-core';

/** What `run` returns, off tfjs's tape: every gradient takes it for a constant. */
export function withoutTape<T>(run: () => T): T {
  const { state } = engine();
  state.kernelDepth++; // as tfjs does while a kernel runs
  try {
    return run();
  } finally {
    state.kernelDepth--;
  }
}

/** Whether what is computed now may be differentiated. */
export function isTaped(): boolean {
  const { gradientDepth, kernelDepth } = engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
}
