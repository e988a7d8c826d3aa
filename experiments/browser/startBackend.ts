import * as tf from '@tensorflow/tfjs';

/** In a page: starts a backend with these flags set. @throws if the browser lacks it. */
export async function startBackend(
  name: string,
  flags: Record<string, number | boolean>,
): Promise<void> {
  for (const [flag, value] of Object.entries(flags)) tf.env().set(flag, value);
  if (!(await tf.setBackend(name))) throw new Error(`${name} does not start in this browser`);
}
