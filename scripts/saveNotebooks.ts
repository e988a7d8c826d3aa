// Runs the experiments whose results are the same in every run. Saves their notebooks and charts to
// notebooks/, and their logs to test/experiments/, with which the tests compare. If one fails, nothing is
// replaced.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const NOTEBOOKS = join(ROOT, 'notebooks');
const BACKENDS = {
  seed: 'cpu',
  differentiability: 'cpu',
  jacobian: 'cpu',
  precision: 'cpu',
  rarity: 'cpu',
  backends: 'wasm,cpu',
};
/** Neither pages nor the manifest are committed; other files in notebooks/ are somebody's. */
const GENERATED = new RegExp(`^(${Object.keys(BACKENDS).join('|')})(-\\d+)?\\.(ipynb|svg)$`);

const folder = mkdtempSync(join(tmpdir(), 'notebooks-'));
const runner = [require.resolve('ts-node/dist/bin.js'), join(ROOT, 'experiments/run.ts')];
try {
  const logs = Object.entries(BACKENDS).map(([name, backend]) => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [...runner, name, '--backend', backend, '--save', 'notebooks'],
      { cwd: folder, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`${name} exited with status ${String(status)}: ${stderr}`);
    return [name, stdout];
  });

  for (const [name, log] of logs) writeFileSync(join(ROOT, `test/experiments/${name}.log`), log);
  mkdirSync(NOTEBOOKS, { recursive: true });
  const generated = (from: string) => readdirSync(from).filter((file) => GENERATED.test(file));
  for (const file of generated(NOTEBOOKS)) rmSync(join(NOTEBOOKS, file));
  for (const file of generated(join(folder, 'notebooks'))) {
    copyFileSync(join(folder, 'notebooks', file), join(NOTEBOOKS, file));
  }
} finally {
  rmSync(folder, { recursive: true });
}
