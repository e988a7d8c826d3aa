import { parseArgs } from 'node:util';
import { UsageError } from './UsageError.ts';

/**
 * Parses the command line into the experiment's name and its options.
 *
 * @throws UsageError for an unknown option or an unexpected argument.
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
    if (values.save === '') throw new UsageError('--save must be a folder, got an empty string');
    if (rest.length > 0) throw new UsageError(`unexpected argument '${rest[0]}'; see --help`);
    const input = (['input', 'w', 'x', 'k'] as const).find((name) => values[name] !== undefined);
    if (input && experiment !== 'seed') {
      throw new UsageError(`--${input} is an option of npm start, not of experiment:${experiment}`);
    }
    return { ...values, experiment };
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\s+/g, ' '));
  }
}
