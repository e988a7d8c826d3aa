import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';

const load = createRequire(__filename);

/**
 * Starts the backend webgpu in Node, through Dawn: the npm package webgpu, which is installed on demand.
 * Returns a function that ends it. Without that Dawn keeps the process alive, and process.exit, which tears it
 * down while its threads still run, has crashed once.
 */
export async function startDawn(): Promise<() => void> {
  const { create, globals } = load('webgpu') as {
    create: (flags: string[]) => { requestAdapter: () => Promise<object | null> };
    globals: object;
  };
  Object.assign(globalThis, globals);
  const gpu = create([]);
  if (!(await gpu.requestAdapter())) throw new Error('Dawn finds no adapter');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  load('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend('webgpu'))) throw new Error('webgpu does not start: no adapter');
  return () => {
    tf.removeBackend('webgpu');
    Reflect.deleteProperty(globalThis, 'navigator'); // the reference that keeps Dawn alive
  };
}
