import { parseArgs } from 'node:util';
import { UsageError } from './UsageError.ts';

const SLOW = ['checker', 'gpu', 'models', 'operators', 'soft', 'sparse-autoencoder', 'speed'];

/** The experiments that an option is for, unless it is for all. */
const ONLY_OF: Record<string, string[]> = {
  ...{ input: ['seed'], w: ['seed'], x: ['seed'], k: ['seed'] },
  ...{ quick: SLOW, peers: ['speed'] },
};

const PATHS = { input: 'file', w: 'file', x: 'file', save: 'folder' };

/**
 * Parses the command line into the experiment's name and its options.
 *
 * @throws UsageError for an unknown option, one of another experiment, or an unexpected argument.
 */
export function options(args: string[] = process.argv.slice(2)) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        input: text,
        w: text,
        x: text,
        k: text,
        backend: text,
        save: text,
        peers: flag,
        quick: flag,
        help: flag,
      },
    });
    const [experiment = 'seed', ...rest] = positionals;
    for (const [name, what] of Object.entries(PATHS)) {
      if (values[name as keyof typeof PATHS] !== '') continue;
      throw new UsageError(`--${name} must be a ${what}, got an empty string`);
    }
    if (rest.length > 0) throw new UsageError(`unexpected argument '${rest[0]}'; see --help`);
    for (const [name, experiments] of Object.entries(ONLY_OF)) {
      if (!(name in values) || experiments.includes(experiment)) continue;
      const owners = experiments
        .map((owner) => (owner === 'seed' ? 'npm start' : owner))
        .join(', ');
      throw new UsageError(`--${name} is an option of ${owners}, not of ${experiment}`);
    }
    return { ...values, experiment };
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\s+/g, ' '));
  }
}
