import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Samples } from './Samples.ts';
import type { Task } from './inputs.ts';

/** Okabe and Ito's colours, which people tell apart whatever colours they see. */
const COLOURS = [
  '#D55E00',
  '#E69F00',
  '#0072B2',
  '#56B4E9',
  '#009E73',
  '#CC79A7',
  '#000000',
  '#999999',
];

/** Plot's own types are those of the DOM, which Node does not have. */
interface Plotting {
  plot: (options: object) => { outerHTML: string };
  line: (data: object[], options: object) => object;
  dot: (data: object[], options: object) => object;
  text: (data: object[], options: object) => object;
  selectLast: (options: object) => object;
}
const { plot, line, dot, text, selectLast } = Plot as object as Plotting;

/** Time against n, both logarithmic, of all contenders that have times of all tasks: an SVG. */
export function speedChart(samples: Samples, tasks: Task[]): string {
  const names = [
    ...new Set(tasks.flatMap((task) => Object.keys(samples.tasks.get(task.id)?.times ?? {}))),
  ].filter((name) => tasks.every((task) => samples.has(task, name)));
  const points = names.flatMap((name) =>
    tasks.map((task) => ({ name, n: task.n, ms: samples.median(task, name) })),
  );
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as object as {
    document: object;
  };
  const last = selectLast({ x: 'n', y: 'ms', z: 'name', text: 'name' });
  const chart = plot({
    document,
    width: 760,
    height: 480,
    marginRight: 170,
    marginLeft: 60,
    style: { background: 'white', color: 'black', fontFamily: 'sans-serif' },
    x: { type: 'log', label: 'n, numbers to select from (k = 32) →', grid: true },
    y: { type: 'log', label: '↑ time, ms', grid: true },
    color: { domain: names, range: COLOURS },
    marks: [
      line(points, { x: 'n', y: 'ms', z: 'name', stroke: 'name' }),
      dot(points, { x: 'n', y: 'ms', fill: 'name', r: 3 }),
      text(points, { ...last, fill: 'name', textAnchor: 'start', dx: 8 }),
    ],
  });
  return chart.outerHTML;
}
