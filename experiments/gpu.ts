// %% [markdown]
// # Top-k on the GPU, beside stock tfjs
//
// **On webgpu a selection takes at most 12 dispatches, reads each number at most five times for k
// much less than n, and reads nothing back.** These three need no fast GPU to be seen. The times are
// of this machine: Chromium, through Vulkan where there is a GPU, else in software. Data are on the
// device before; their upload and the read-back are timed apart, and the device's own clock times
// the kernel where the adapter has timestamp queries. The page is isolated, so that wasm has
// threads.

// %%
import { join } from 'node:path';
import { findChromium, NO_CHROMIUM } from './browser/chromium.ts';
import { gpuChart } from './charts/gpuChart.ts';
import { options } from './cli/options.ts';
import { UsageError } from './cli/UsageError.ts';
import type { GpuTask, Measurement } from './gpu/Measurement.ts';
import { runReport } from './gpu/runReport.ts';
import { timeOnCuda } from './gpu/timeOnCuda.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';
import { saveFile } from './notebook/saveFile.ts';

if (findChromium() === undefined) throw new UsageError(NO_CHROMIUM);
const { quick = false, save = 'out' } = options();
const { show, claim, plot } = notebook(__filename, { save });
const seconds = quick ? 0.02 : 2;
const million = quick ? 20_000 : 1_000_000;
const lengths = quick ? [1000, million] : [1e3, 1e4, 1e5, million, 1e7];
const sweep = lengths.map((n) => ({ rows: 1, n, k: 32 }));
const others: GpuTask[] = [
  ...[8, 256, 4096].map((k) => ({ rows: 1, n: million, k })),
  { rows: quick ? 16 : 1024, n: 512, k: 8 },
  { rows: quick ? 4 : 64, n: quick ? 2000 : 32_000, k: 50 },
];
const all = [...sweep, ...others];

// %% [markdown]
// ## The adapter

// %%
const report = runReport('main.ts', { webgpu: all, webgl: all, wasm: all }, seconds);
if (typeof report === 'string') throw new Error(report);
const { adapter, isSoftware, measurements, linear } = report;
show(`webgpu's adapter: ${adapter}`);
if (isSoftware) {
  show(
    'THIS IS A SOFTWARE RENDERER, NOT A GPU: the times show how much work is saved, and nothing of how fast a card is.',
  );
}
if (quick) show('--quick: the times are meaningless, and are not judged');

// %% [markdown]
// ## Times
//
// In ms, medians. "kernel" is the device's own clock, for this package.

// %%
const nameOf = ({ rows, n, k }: GpuTask) => `[${String(rows)}, ${String(n)}], k = ${String(k)}`;
const figure = (ms: number | undefined) => (ms === undefined ? '' : String(Number(ms.toPrecision(3)))); // prettier-ignore
const tableOf = (list: Measurement[]) =>
  formatTable([
    [list[0].backend, 'tfjs', 'this package', 'ratio', 'kernel', 'upload', 'read-back'],
    ...list.map((m) => [
      nameOf(m),
      ...[m.stock, m.ours, m.stock / m.ours, m.kernel, m.upload, m.readBack].map(figure),
    ]),
  ]);
const on = (name: string) => measurements.filter(({ backend }) => backend === name);
for (const backend of ['webgpu', 'webgl', 'wasm']) show(tableOf(on(backend)));
const dawn = runReport('dawn.ts', { webgpu: all }, seconds);
show(typeof dawn === 'string' ? `Node with Dawn: ${dawn}` : tableOf(dawn.measurements));
const cuda = timeOnCuda(all);
show(
  typeof cuda === 'string'
    ? `PyTorch on CUDA: ${cuda}`
    : formatTable([
        ['PyTorch, CUDA', 'ms'],
        ...all.map((task, i) => [nameOf(task), figure(cuda[i])]),
      ]),
);

// %% [markdown]
// ## Work

// %%
const gpu = on('webgpu');
show(
  formatTable([
    ['', 'dispatches', 'bytes read, ÷ 4n'],
    ...gpu.map((m) => [nameOf(m), String(m.dispatches), figure(m.numbersRead / (m.rows * m.n))]),
  ]),
);
claim('Values are those of stock tfjs, on all backends', {
  found: measurements.reduce((sum, { different }) => sum + different, 0),
  unit: 'values differ',
  equals: 0,
});
claim('On webgpu a selection takes few dispatches, whatever n', {
  found: Math.max(...gpu.map(({ dispatches }) => dispatches)),
  unit: 'dispatches',
  atMost: 12,
});
claim('On webgpu each number is read at most five times, for k of at most n / 64', {
  found: Math.max(
    ...gpu.filter(({ n, k }) => 64 * k <= n).map((m) => m.numbersRead / m.rows / m.n),
  ),
  unit: 'reads of each number',
  atMost: 5,
});
claim('On webgpu nothing is read back', {
  found: gpu.reduce((sum, { reads }) => sum + reads, 0),
  unit: 'reads',
  equals: 0,
});

// %% [markdown]
// ## Compared with stock tfjs

// %%
const ratioOf = (backend: string, n: number, k: number) => {
  const found = on(backend).find((m) => m.rows === 1 && m.n === n && m.k === k);
  return found ? found.stock / found.ours : NaN;
};
if (!quick) {
  for (const [backend, atLeast] of [
    ['webgpu', 3],
    ['wasm', 10],
  ] as const) {
    // prettier-ignore
    claim(`${backend}: of a million numbers, k = 32, stock takes several times as long`, {
      found: ratioOf(backend, million, 32),
      unit: 'times as long',
      atLeast,
    });
  }
  const onWebgl = (few: boolean) =>
    Math.min(...on('webgl').filter((m) => m.rows * m.n <= 1000 === few).map((m) => m.stock / m.ours)); // prettier-ignore
  claim('webgl: stock takes at least as long at any size of the table above 1000 numbers', {
    found: onWebgl(false),
    unit: 'times as long',
    atLeast: 1,
  });
  claim(
    'webgl: of 1000 numbers, where both mostly wait for the device, stock takes about as long',
    {
      found: onWebgl(true),
      unit: 'times as long',
      atLeast: 0.9,
    },
  );
  claim('webgl: gradients by topkLinear take no longer than through topk(matMul)', {
    found: linear.topkLinear / linear.throughTopk,
    unit: 'of the time, W [4096, 256], 32 examples, k = 32',
    atMost: 1,
  });
}
plot('Time against n for k = 32, stock tfjs dashed', () =>
  gpuChart(measurements.filter(({ rows, k }) => rows === 1 && k === 32)),
);
const isQuick = quick;
saveFile(join(save, 'gpu.json'), `${JSON.stringify({ adapter, isSoftware, isQuick, measurements, linear, dawn, cuda }, null, 1)}\n`); // prettier-ignore
show(`all figures: ${join(save, 'gpu.json')}`);
