import type * as Plot from '@observablehq/plot';
import type { Measurement } from '../gpu/Measurement.ts';
import { COLOURS } from './colours.ts';
import { loadPlot } from './loadPlot.ts';

/** Time against n on logarithmic axes: stock dashed, this package solid, a colour for each backend. */
export function gpuChart(measurements: Measurement[]): Plot.PlotOptions {
  const Plot = loadPlot();
  const backends = [...new Set(measurements.map(({ backend }) => backend))];
  const colours = [COLOURS.vermilion, COLOURS.blue, COLOURS.green];
  const stroke = ({ backend }: Measurement) => colours[backends.indexOf(backend)];
  const last = backends.flatMap((name) =>
    measurements.filter(({ backend }) => backend === name).slice(-1),
  );
  const label = (y: 'stock' | 'ours', name: string) =>
    Plot.text(last, { x: 'n', y, text: ({ backend }: Measurement) => `${name}, ${backend}`, textAnchor: 'start', dx: 8 }); // prettier-ignore
  return {
    width: 760,
    height: 480,
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
      Plot.line(measurements, { x: 'n', y: 'ours', z: 'backend', stroke, strokeWidth: 2.5 }),
      Plot.line(measurements, { x: 'n', y: 'stock', z: 'backend', stroke, strokeDasharray: '5 3' }),
      label('ours', 'this package'),
      label('stock', 'tfjs'),
    ],
  };
}
