// Runs each experiment whose results are the same every time, on cpu. Saves them in notebooks/ and their
// logs in test/experiments/, which the tests compare with.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';

const EXPERIMENTS = ['seed', 'differentiability', 'jacobian', 'precision', 'backends'];

rmSync('notebooks', { recursive: true, force: true });
for (const name of EXPERIMENTS) {
  const runner = ['node_modules/ts-node/dist/bin.js', 'experiments/run.ts'];
  const words = [...runner, name, '--backend', 'cpu', '--save', 'notebooks'];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ends with status ${String(status)}: ${stderr}`);
  writeFileSync(`test/experiments/${name}.log`, stdout);
}
