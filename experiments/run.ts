// Runs the experiment that the first argument names: npm run experiment:<name>
import { options } from './cli/options.ts';
import { runExperiment } from './cli/runExperiment.ts';
import { UsageError } from './cli/UsageError.ts';
import { SaveError } from './notebook/SaveError.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(); // the reader, for example `head`, closed the pipe
  process.stderr.write(`standard output: ${error.message}\n`);
  process.exit(2);
});

async function main(): Promise<void> {
  await runExperiment(options());
}

main().catch((error: unknown) => {
  if (!(error instanceof UsageError || error instanceof SaveError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
});
