// Runs each experiment whose results are the same every time. Saves it in notebooks/, and its log in
// test/experiments/, which the tests compare with.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const BACKENDS = { seed: 'cpu', differentiability: 'cpu', jacobian: 'cpu', precision: 'cpu', backends: 'wasm,cpu' }; // prettier-ignore

rmSync(join(ROOT, 'notebooks'), { recursive: true, force: true });
for (const [name, backend] of Object.entries(BACKENDS)) {
  const runner = [require.resolve('ts-node/dist/bin.js'), 'experiments/run.ts'];
  const words = [...runner, name, '--backend', backend, '--save', 'notebooks'];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name} ends with status ${String(status)}: ${stderr}`);
  writeFileSync(join(ROOT, `test/experiments/${name}.log`), stdout);
}
