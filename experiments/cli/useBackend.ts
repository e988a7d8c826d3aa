import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import { loadTfjsNode } from './loadTfjsNode.ts';
import { UsageError } from './UsageError.ts';

interface Backend {
  /** The npm package that provides it. */
  package: string;
  load: () => void;
}

/** Fastest first. */
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

/** The backends that this process has started, in order. */
export const startedBackends: string[] = [];

/**
 * Starts the named backend and makes it current. Of a comma-separated list it starts each and makes
 * the last one current. Without a name it picks the fastest one installed.
 *
 * @throws UsageError if a name is unknown or a backend does not start, with the command to install it.
 */
export async function useBackend(names?: string): Promise<void> {
  if (names !== undefined) {
    for (const name of names.split(',')) await use(name);
    return;
  }
  for (const name of Object.keys(BACKENDS)) if ((await start(name)) === undefined) return;
}

async function use(name: string): Promise<void> {
  if (!Object.hasOwn(BACKENDS, name)) {
    throw new UsageError(`--backend must be cpu, wasm or tensorflow, got '${name}'`);
  }
  const reason = await start(name);
  if (reason === undefined) return;
  const install = `npm install --no-save ${BACKENDS[name].package}@${tf.version_core}`;
  const build = name === 'tensorflow' ? ' (if its download fails: npm run build:tensorflow)' : '';
  throw new UsageError(`--backend ${name} does not start: ${reason}; install: ${install}${build}`);
}

/** Starts every backend that is installed, slowest first. */
export async function startAllBackends(): Promise<void> {
  for (const name of Object.keys(BACKENDS).reverse()) await start(name);
}

/** Starts a backend. Returns the reason if it does not start. */
async function start(name: string): Promise<string | undefined> {
  tf.enableProdMode(); // no advertisement for tfjs-node on standard output
  try {
    BACKENDS[name].load();
    if (!(await tf.setBackend(name))) return 'its initialization failed';
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
  startedBackends.push(name);
  return undefined;
}
