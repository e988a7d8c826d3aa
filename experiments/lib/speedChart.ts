import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Samples } from './Samples.ts';
import type { Task } from './inputs.ts';

/** Okabe and Ito's colours, which people tell apart whatever colours they see; by backend. */
const COLOURS: Record<string, string> = {
  wasm: '#D55E00',
  cpu: '#0072B2',
  tensorflow: '#009E73',
  PyTorch: '#CC79A7',
  JAX: '#E69F00',
  'jax-js': '#56B4E9',
};
const LABEL_GAP = 1.35; // the least ratio of the heights of two names

interface Point {
  name: string;
  n: number;
  ms: number;
}

/** Plot's own types are those of the DOM, which Node does not have. */
interface Plotting {
  plot: (options: object) => {
    outerHTML: string;
    setAttribute: (name: string, value: string) => void;
  };
  line: (data: Point[], options: object) => object;
  dot: (data: Point[], options: object) => object;
  text: (data: Point[], options: object) => object;
}
const { plot, line, dot, text } = Plot as object as Plotting;

/** Time against n, both logarithmic, tasks in the order of n: an SVG. */
export function speedChart(samples: Samples, tasks: Task[]): string {
  const points = tasks.flatMap((task) =>
    Object.keys(samples.tasks.get(task.id)?.times ?? {}).map((name) => {
      return { name, n: task.n, ms: samples.median(task, name) };
    }),
  );
  const stroke = ({ name }: Point) => COLOURS[name.split(', ').at(-1) ?? ''] ?? 'black';
  const lines = (matches: (name: string) => boolean, options: object) =>
    line(
      points.filter(({ name }) => matches(name)),
      { x: 'n', y: 'ms', z: 'name', stroke, ...options },
    );
  const isOurs = (name: string) => name.startsWith('this package');
  const isStock = (name: string) => name.startsWith('tfjs');

  const { document } = parseHTML('<!doctype html><html><body></body></html>') as object as {
    document: object;
  };
  const chart = plot({
    document,
    width: 760,
    height: 480,
    marginRight: 170,
    marginLeft: 60,
    style: { background: 'white', color: 'black', fontFamily: 'sans-serif' },
    x: { type: 'log', label: 'n, numbers to select from (k = 32)', ticks: 5, grid: true },
    y: { type: 'log', label: 'time, ms', ticks: 6, tickFormat: String, grid: true },
    marks: [
      lines(isOurs, { strokeWidth: 2.5 }),
      lines(isStock, { strokeDasharray: '5 3' }),
      lines((name) => !isOurs(name) && !isStock(name), { strokeDasharray: '1 3', strokeWidth: 2 }),
      dot(points, { x: 'n', y: 'ms', fill: stroke, r: 3 }),
      text(labels(points), {
        x: 'n',
        y: 'ms',
        text: 'name',
        fill: stroke,
        textAnchor: 'start',
        dx: 8,
      }),
    ],
  });
  chart.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `${chart.outerHTML}\n`;
}

/** The last point of each, moved upward where its name would cover another. */
function labels(points: Point[]): Point[] {
  const last = [...new Map(points.map((point) => [point.name, point])).values()];
  let height = 0;
  return last
    .sort((a, b) => a.ms - b.ms)
    .map((point) => ({ ...point, ms: (height = Math.max(point.ms, height * LABEL_GAP)) }));
}
