import type * as Plot from '@observablehq/plot';
import type { Samples } from '../bench/Samples.ts';
import type { Task } from '../bench/Task.ts';
import { COLOURS } from './colours.ts';
import { loadPlot } from './loadPlot.ts';

const BY_BACKEND: Record<string, string> = {
  wasm: COLOURS.vermilion,
  cpu: COLOURS.blue,
  tensorflow: COLOURS.green,
  PyTorch: COLOURS.purple,
  JAX: COLOURS.orange,
  'jax-js': COLOURS.skyBlue,
};
/** In pixels: the chart, its vertical margins, and a line of text. */
const [HEIGHT, MARGINS, LINE_HEIGHT] = [480, 66, 15];

interface Point {
  name: string;
  n: number;
  ms: number;
}

/** Time against n on logarithmic axes. @param tasks in the order of n. */
export function speedChart(samples: Samples, tasks: Task[]): Plot.PlotOptions {
  const Plot = loadPlot();
  const points = tasks.flatMap((task) =>
    Object.keys(samples.tasks.get(task.id)?.times ?? {}).map((name) => {
      return { name, n: task.n, ms: samples.median(task, name) };
    }),
  );
  const stroke = ({ name }: Point) => BY_BACKEND[name.split(', ').at(-1) ?? ''] ?? COLOURS.ink;
  const lines = (matches: (name: string) => boolean, options: Plot.LineOptions) =>
    Plot.line(
      points.filter(({ name }) => matches(name)),
      { x: 'n', y: 'ms', z: 'name', stroke, ...options },
    );
  const isOurs = (name: string) => name.startsWith('this package');
  const isStock = (name: string) => name.startsWith('tfjs');

  return {
    width: 760,
    height: HEIGHT,
    marginRight: 170,
    marginLeft: 60,
    marginBottom: 46,
    x: {
      type: 'log',
      label: 'n, length of the input (k = 32)',
      labelOffset: 40,
      ticks: 5,
      grid: true,
    },
    y: { type: 'log', label: 'time, ms', ticks: 6, tickFormat: String, grid: true },
    marks: [
      lines(isOurs, { strokeWidth: 2.5 }),
      lines(isStock, { strokeDasharray: '5 3' }),
      lines((name) => !isOurs(name) && !isStock(name), { strokeDasharray: '1 3', strokeWidth: 2 }),
      Plot.dot(points, { x: 'n', y: 'ms', fill: stroke, r: 3 }),
      Plot.text(labels(points), {
        x: 'n',
        y: 'ms',
        text: 'name',
        fill: COLOURS.ink,
        textAnchor: 'start',
        dx: 8,
      }),
    ],
  };
}

/** The last point of each contender, moved up where its name would overlap the one below. */
function labels(points: Point[]): Point[] {
  const last = [...new Map(points.map((point) => [point.name, point])).values()];
  const all = points.map(({ ms }) => ms);
  const gap = (Math.max(...all) / Math.min(...all)) ** (LINE_HEIGHT / (HEIGHT - MARGINS));
  let height = 0;
  return last
    .sort((a, b) => a.ms - b.ms)
    .map((point) => ({ ...point, ms: (height = Math.max(point.ms, height * gap)) }));
}
