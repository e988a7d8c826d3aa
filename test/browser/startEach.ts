// Does what `npm start -- --backend cpu --input file` does for each file on the command line, all in one process, and
// prints the logs as JSON.
import { options } from '../../experiments/cli/options.ts';
import { runExperiment } from '../../experiments/cli/runExperiment.ts';

class Exit extends Error {}

async function main(files: string[]): Promise<void> {
  const logs: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text: string | Uint8Array) => {
    logs[logs.length - 1] += String(text);
    return true;
  };
  process.exit = () => {
    throw new Exit();
  };
  for (const file of files) {
    logs.push('');
    process.argv.splice(2, Infinity, '--backend', 'cpu', '--input', file);
    await runExperiment(options()).catch((error: unknown) => {
      if (!(error instanceof Exit)) throw error; // the experiment ends so where W and x are not the thread's
    });
    process.emit('exit', 0); // here it prints the count of its claims
    process.removeAllListeners('beforeExit');
    process.removeAllListeners('uncaughtExceptionMonitor');
    Reflect.deleteProperty(require.cache, require.resolve('../../experiments/seed.ts'));
  }
  process.stdout.write = write;
  console.log(JSON.stringify(logs));
}

void main(process.argv.slice(2));
