import { createRequire } from 'node:module';
import { checkOverwrite } from '../notebook/checkOverwrite.ts';
import { HELP } from './help.ts';
import type { options } from './options.ts';
import { UsageError } from './UsageError.ts';
import { startAllBackends, useBackend } from './useBackend.ts';

const EXPERIMENTS = [
  'seed',
  'differentiability',
  'jacobian',
  'precision',
  'rarity',
  'checker',
  'backends',
  'cost',
  'speed',
  'operators',
  'gpu',
  'soft',
  'sparse-autoencoder',
  'models',
];

/**
 * Runs an experiment on the backend that the options name.
 *
 * @throws UsageError if there is no such experiment or backend, and SaveError if the run could not be
 *   saved, before it is run.
 */
export async function runExperiment({
  help,
  backend,
  experiment,
  save,
}: ReturnType<typeof options>): Promise<void> {
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  if (!EXPERIMENTS.includes(experiment)) {
    const names = EXPERIMENTS.join(', ');
    throw new UsageError(`unknown experiment '${experiment}'; choose one of ${names}`);
  }
  // TensorFlow reads this variable when it is loaded.
  if (experiment === 'speed') process.env.TF_NUM_INTRAOP_THREADS = '1';
  const onAll = ['backends', 'speed', 'operators', 'models'];
  if (onAll.includes(experiment) && backend === undefined) await startAllBackends();
  else await useBackend(backend);
  if (save !== undefined) checkOverwrite(save, experiment);
  createRequire(__filename)(`../${experiment}.ts`); // import() would bypass ts-node
}
