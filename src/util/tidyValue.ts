import { tidy } from '@tensorflow/tfjs-core';

/** `tidy` for a result without tensors: tidy itself would look for them in each entry of an array. */
export function tidyValue<T>(run: () => T): T {
  const results: T[] = [];
  tidy(() => {
    results.push(run());
  });
  return results[0];
}
