// jax-js on wasm, one thread, for `npm run experiment:speed`. Its top-k is a whole sort, which takes
// seconds for more than a million numbers.
import { readFileSync } from 'node:fs';
import { defaultDevice, init, lax, numpy } from '@jax-js/jax';
import { inputs, type PeerReport, type Task } from '../inputs.ts';
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
    const topkRule = () => {
      const [values, indices] = lax.topK(x.ref, k);
      return [values, indices].map((array) => array.dataSync() as Float32Array); // frees them, too
    };
    const [values, indices] = topkRule();
    const gathered = Array.from(indices, (place, i) => data[Math.floor(i / k) * n + place]);
    const found = [...values, ...gathered];
    results[id] = { '': { found, times: timeRuns(topkRule, seconds, 40) } };
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
