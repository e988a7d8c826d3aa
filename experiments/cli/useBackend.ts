import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import { loadTfjsNode } from './loadTfjsNode.ts';
import { UsageError } from './UsageError.ts';

interface Backend {
  /** what it needs beside @tensorflow/tfjs */
  package: string;
  load: () => void;
}

/** The fastest first. */
const BACKENDS: Record<string, Backend> = {
  tensorflow: { package: '@tensorflow/tfjs-node', load: loadTfjsNode },
  wasm: {
    package: '@tensorflow/tfjs-backend-wasm',
    load() {
      createRequire(__filename)('@tensorflow/tfjs-backend-wasm');
    },
  },
  cpu: { package: '@tensorflow/tfjs', load: () => undefined },
};

/** The backends that run in this process, in the order in which they were started. */
export const startedBackends: string[] = [];

/**
 * Makes tfjs run on the backend of that name; without a name, on the fastest that is installed. Of several names,
 * with commas, it starts all, and runs on the last.
 *
 * @throws UsageError if a name is unknown, or if a backend does not start; says how to get it.
 */
export async function useBackend(names?: string): Promise<void> {
  if (names !== undefined) {
    for (const name of names.split(',')) await use(name);
    return;
  }
  for (const each of Object.keys(BACKENDS)) if ((await start(each)) === undefined) return;
}

async function use(name: string): Promise<void> {
  if (!Object.hasOwn(BACKENDS, name)) {
    throw new UsageError(`--backend must be cpu, wasm or tensorflow, got ${name}`);
  } else {
    const reason = await start(name);
    if (reason === undefined) return;
    const install = `npm install --no-save ${BACKENDS[name].package}@${tf.version_core}`;
    const build =
      name === 'tensorflow' ? ', or where its download fails: npm run build:tensorflow' : '';
    throw new UsageError(
      `--backend ${name} does not start (${reason}); get it with: ${install}${build}`,
    );
  }
}

/** Starts every backend that is installed, the slowest first. */
export async function startAllBackends(): Promise<void> {
  for (const name of Object.keys(BACKENDS).reverse()) await start(name);
}

/** Starts a backend; returns why it does not start, if so. */
async function start(name: string): Promise<string | undefined> {
  tf.enableProdMode(); // no advice on standard output to install tfjs-node
  try {
    BACKENDS[name].load();
    if (!(await tf.setBackend(name))) return 'it fails to initialize';
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
  startedBackends.push(name);
  return undefined;
}
