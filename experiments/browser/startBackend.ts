import * as tf from '@tensorflow/tfjs';

/** Sets the flags and starts the backend, in a page. @throws if the backend does not start. */
export async function startBackend(
  name: string,
  flags: Record<string, number | boolean>,
): Promise<void> {
  for (const [flag, value] of Object.entries(flags)) tf.env().set(flag, value);
  if (!(await tf.setBackend(name))) throw new Error(`${name} does not start in this browser`);
}
