import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import { UsageError } from './UsageError.ts';

/** What each backend needs beside @tensorflow/tfjs; the fastest first. */
const PACKAGES: Record<string, string | undefined> = {
  tensorflow: '@tensorflow/tfjs-node',
  wasm: '@tensorflow/tfjs-backend-wasm',
  cpu: undefined,
};

/**
 * Makes tfjs run on the backend of that name or, without a name, on the fastest that is installed.
 *
 * @throws UsageError if the name is unknown, or if the backend does not start; says how to get it.
 */
export async function useBackend(name?: string): Promise<void> {
  tf.enableProdMode(); // no advice on standard output to install tfjs-node
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'; // TensorFlow's own log: errors only
  if (name === undefined) {
    for (const each of Object.keys(PACKAGES)) if (await starts(each)) return;
  } else if (!Object.hasOwn(PACKAGES, name)) {
    throw new UsageError(`--backend must be cpu, wasm or tensorflow, got ${name}`);
  } else if (!(await starts(name))) {
    const needed = `${String(PACKAGES[name])}@${tf.version_core}`;
    throw new UsageError(
      `--backend ${name} is not installed; get it with: npm install --no-save ${needed}`,
    );
  }
}

const load = createRequire(__filename);

async function starts(name: string): Promise<boolean> {
  try {
    const needed = PACKAGES[name];
    if (needed !== undefined) load(needed);
    return await tf.setBackend(name);
  } catch {
    return false;
  }
}
