import { tidy } from '@tensorflow/tfjs-core';

/** What `run` returns, numbers and not tensors: tidy itself would look for tensors in each of them. */
export function tidyValue<T>(run: () => T): T {
  const results: T[] = [];
  tidy(() => {
    results.push(run());
  });
  return results[0];
}
