// jax-js on wasm, with one thread, for `npm run experiment:speed`. Its top-k sorts the whole input,
// so tasks of more than a million numbers, which would take seconds, are left out.
import { readFileSync } from 'node:fs';
import { defaultDevice, init, lax, numpy } from '@jax-js/jax';
import { inputs } from '../inputs.ts';
import type { PeerReport } from '../PeerReport.ts';
import type { Task } from '../Task.ts';
import { timeRuns } from '../timeRuns.ts';

async function answer(): Promise<void> {
  await init('wasm');
  defaultDevice('wasm');
  const { tasks, seconds } = JSON.parse(readFileSync(0, 'utf8')) as {
    tasks: Task[];
    seconds: number;
  };
  const results: PeerReport['results'] = {};
  for (const { id, work, rows, n, k, order, dtype } of tasks) {
    if (work !== 'topk' || dtype !== 'float32' || rows * n > 1e6) continue;
    const data = inputs(rows * n, order, dtype, 1) as Float32Array<ArrayBuffer>;
    const x = numpy.array(data).reshape(rows > 1 ? [rows, n] : [n]);
    const topk = () => {
      const [values, indices] = lax.topK(x.ref, k);
      return [values, indices].map((array) => array.dataSync() as Float32Array); // frees it
    };
    const [values, indices] = topk();
    const gathered = Array.from(indices, (index, i) => data[Math.floor(i / k) * n + index]);
    const found = [...values, ...gathered];
    results[id] = { '': { found, times: timeRuns(topk, seconds, 40) } };
    x.dispose();
  }
  const manifest = readFileSync(
    require.resolve('@jax-js/jax').replace(/dist.*/, 'package.json'),
    'utf8',
  );
  const { version } = JSON.parse(manifest) as { version: string };
  process.stdout.write(JSON.stringify({ version, results } satisfies PeerReport));
}

void answer();
