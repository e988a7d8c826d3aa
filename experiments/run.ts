import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { HELP, options } from './lib/options.ts';
import { UsageError } from './lib/UsageError.ts';
import { useBackend } from './lib/useBackend.ts';

const requireScript = createRequire(__filename); // import() would take a script past ts-node

/** Runs the experiment that the first argument names, on the backend that the options ask for. */
async function run(): Promise<void> {
  const { help, backend, experiment } = options();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const script = join(__dirname, `${experiment}.ts`);
  if (!existsSync(script)) throw new UsageError(`there is no experiment '${experiment}'`);
  await useBackend(backend);
  requireScript(script);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(); // the reader, say `head`, has seen enough
  throw error;
});

run().catch((error: unknown) => {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
});
