import type * as Plot from '@observablehq/plot';
import { COLOURS } from './colours.ts';
import { loadPlot } from './loadPlot.ts';

interface Point {
  epsilon: number;
  measured: number;
  exact: number;
}

/** P(m < ε) against ε on logarithmic axes: measured, exact, and the line cε. */
export function marginProbability(points: Point[], c: number): Plot.PlotOptions {
  const Plot = loadPlot();
  const last = points.reduce((a, b) => (a.epsilon > b.epsilon ? a : b));
  const label = { x: 'epsilon', textAnchor: 'end', fontSize: 13 } as const;
  return {
    width: 760,
    height: 400,
    marginLeft: 64,
    marginTop: 30,
    marginBottom: 46,
    x: {
      type: 'log',
      base: 2,
      label: 'ε, in units of ‖x‖',
      labelOffset: 40,
      tickFormat: (epsilon: number) => (epsilon < 1 ? `1/${String(1 / epsilon)}` : String(epsilon)),
    },
    y: { type: 'log', label: 'P(m < ε)', grid: true, ticks: 4, tickFormat: '~g' },
    marks: [
      Plot.line(points, {
        x: 'epsilon',
        y: ({ epsilon }: Point) => c * epsilon,
        stroke: COLOURS.vermilion,
        strokeWidth: 2,
        strokeDasharray: '6 4',
      }),
      Plot.line(points, { x: 'epsilon', y: 'exact', stroke: COLOURS.blue, strokeWidth: 2 }),
      Plot.dot(points, { x: 'epsilon', y: 'measured', fill: 'white', stroke: COLOURS.ink, r: 4 }),
      Plot.text([last], {
        ...label,
        y: ({ epsilon }: Point) => c * epsilon,
        text: () => `${c.toFixed(2)} ε`,
        fill: COLOURS.vermilion,
        dx: -14,
      }),
      Plot.text([last], {
        ...label,
        y: 'exact',
        text: () => 'exact (line) and measured (dots)',
        fill: COLOURS.blue,
        dy: 90,
      }),
    ],
  };
}
