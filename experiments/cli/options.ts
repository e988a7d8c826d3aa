import { parseArgs } from 'node:util';
import { UsageError } from './UsageError.ts';

export const HELP = `Is the loss through topk(Wx) differentiable with respect to W, and what is the gradient?

npm start                                  the forum thread's W and x
npm start -- --input mine.json             your own: {"W": [[…], …], "x": […], "k": 3}
npm start -- --w W.csv --x x.csv --k 3     your own: a row of W to a line; x in a row or a column

Options
  --backend cpu|wasm|tensorflow   what TensorFlow.js runs on (default: the fastest that is installed,
                                  tensorflow before wasm before cpu); experiment:backends takes
                                  several, as cpu,wasm
  --save folder                   writes the run there as a Jupyter notebook and as a page, and its charts
  --help                          this text
Of experiment:speed
  --peers                         PyTorch, JAX and jax-js must be there
  --quick                         small inputs, one round, to see whether it runs
  --save folder                   gets speed.json, too (default: out)

W is n × d, x has d entries, k is an integer in [0, n].
Exit status: 0 if every claim holds, 1 if one is false, 2 if the input or an option is wrong.
`;

/**
 * The experiment's name and the texts of the options, from the words of a command line.
 *
 * @throws UsageError for an unknown option or a word too many.
 */
export function options(words: string[] = process.argv.slice(2)) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: words,
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
    if (values.save === '') throw new UsageError('--save must name a folder, got none');
    if (rest.length > 0) throw new UsageError(`unexpected argument '${rest[0]}'; see --help`);
    return { ...values, experiment };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
