import type * as Plot from '@observablehq/plot';
import { COLOURS } from './colours.ts';
import { loadPlot } from './loadPlot.ts';

interface Moment {
  step: number;
  loss: number;
  recovered: number;
}

/** The loss relative to its first value and the fraction of atoms recovered, against the step. */
export function training(history: Moment[]): Plot.PlotOptions {
  const Plot = loadPlot();
  const moments = history.filter(({ loss }) => !Number.isNaN(loss));
  const first = moments[0].loss;
  const last = history[history.length - 1];
  const loss = `loss relative to step ${String(moments[0].step)} (${first.toFixed(2)})`;
  const label = (text: string, fill: string, fraction: number, dy: number, step = last.step) =>
    Plot.text([{ step, fraction }], {
      x: 'step',
      y: 'fraction',
      text: () => text,
      textAnchor: 'end',
      dy,
      fill,
      fontSize: 13,
    });
  return {
    width: 760,
    height: 360,
    marginLeft: 56,
    marginTop: 30,
    marginBottom: 46,
    x: { label: 'step', labelOffset: 40 },
    y: { label: 'fraction', domain: [0, 1.05], grid: true },
    marks: [
      Plot.ruleY([0.95], { stroke: COLOURS.faint, strokeDasharray: '5 3' }),
      Plot.line(history, { x: 'step', y: 'recovered', stroke: COLOURS.blue, strokeWidth: 2.5 }),
      Plot.line(moments, {
        x: 'step',
        y: ({ loss }: Moment) => loss / first,
        stroke: COLOURS.vermilion,
        strokeWidth: 2,
        strokeDasharray: '6 3',
      }),
      label('atoms recovered', COLOURS.blue, last.recovered, 30),
      label(loss, COLOURS.vermilion, last.loss / first, -30),
      label('target: 0.95', COLOURS.ink, 0.95, 12, last.step / 2), // below the line at 1
    ],
  };
}
