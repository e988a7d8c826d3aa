// Runs the experiments whose results are the same in every run. Saves their notebooks and charts to
// notebooks/, and their logs to test/experiments/, with which the tests compare.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const NOTEBOOKS = join(ROOT, 'notebooks');
const BACKENDS = {
  seed: 'cpu',
  differentiability: 'cpu',
  jacobian: 'cpu',
  precision: 'cpu',
  backends: 'wasm,cpu',
};

rmSync(NOTEBOOKS, { recursive: true, force: true });
for (const [name, backend] of Object.entries(BACKENDS)) {
  const runner = [require.resolve('ts-node/dist/bin.js'), 'experiments/run.ts'];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...runner, name, '--backend', backend, '--save', 'notebooks'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${name} exited with status ${String(status)}: ${stderr}`);
  writeFileSync(join(ROOT, `test/experiments/${name}.log`), stdout);
  rmSync(join(NOTEBOOKS, `${name}.html`)); // not committed; `--save` writes it at any time
}
