import { createRequire } from 'node:module';
import { HELP, options } from './cli/options.ts';
import { SaveError } from './notebook/saveFile.ts';
import { UsageError } from './cli/UsageError.ts';
import { startAllBackends, useBackend } from './cli/useBackend.ts';

const requireScript = createRequire(__filename); // import() would take a script past ts-node

const EXPERIMENTS = [
  'seed',
  'differentiability',
  'jacobian',
  'precision',
  'backends',
  'cost',
  'speed',
  'soft',
  'sparse-autoencoder',
];

/** Runs the experiment that the first argument names, on the backend that the options ask for. */
async function run(): Promise<void> {
  const { help, backend, experiment } = options();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  if (!EXPERIMENTS.includes(experiment)) {
    const names = EXPERIMENTS.join(', ');
    throw new UsageError(`there is no experiment '${experiment}'; there are ${names}`);
  }
  if (experiment === 'speed') process.env.TF_NUM_INTRAOP_THREADS = '1'; // TensorFlow reads it when it loads
  if (['backends', 'speed'].includes(experiment) && backend === undefined) await startAllBackends();
  else await useBackend(backend);
  requireScript(`./${experiment}.ts`);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(); // the reader, say `head`, has seen enough
  process.stderr.write(`standard output: ${error.message}\n`);
  process.exit(2);
});

run().catch((error: unknown) => {
  if (!(error instanceof UsageError || error instanceof SaveError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
});
