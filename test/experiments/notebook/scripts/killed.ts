// Saves a run of two charts, or of one, and kills this process at its n-th call that changes a file.
import fs from 'node:fs';
import { saveFiles } from '../../../../experiments/notebook/saveFiles.ts';

const [folder, text, charts, killAt] = process.argv.slice(2);
let calls = 0;
for (const name of ['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync'] as const) {
  const original = fs[name] as (...args: unknown[]) => unknown;
  const counted = (...args: unknown[]) => {
    const isLast = ++calls === Number(killAt);
    // A text is half written when the process is killed.
    if (isLast && name === 'writeFileSync') original(args[0], String(args[1]).slice(0, 3));
    if (isLast) process.kill(process.pid, 'SIGKILL');
    return original(...args);
  };
  Object.assign(fs, { [name]: counted });
}

const names = ['run-1.svg', 'run-2.svg'].slice(0, Number(charts));
saveFiles(
  folder,
  'run',
  Object.fromEntries([...names, 'run.ipynb', 'run.html'].map((name) => [name, `${name} ${text}`])),
);
