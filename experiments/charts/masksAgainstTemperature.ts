import type * as Plot from '@observablehq/plot';
import { COLOURS } from './colours.ts';
import { loadPlot } from './loadPlot.ts';

/**
 * The mask value of each score against the temperature, one panel per kind. The scores that top-k
 * selects are blue.
 *
 * @param masks by kind, one mask per temperature.
 * @param scores in descending order.
 */
export function masksAgainstTemperature(
  temperatures: number[],
  masks: Record<string, number[][]>,
  scores: number[],
): Plot.PlotOptions {
  const Plot = loadPlot();
  const k = Math.round(Object.values(masks)[0][0].reduce((a, b) => a + b));
  const points = Object.entries(masks).flatMap(([kind, rows]) =>
    rows.flatMap((mask, t) => mask.map((m, i) => ({ kind, τ: temperatures[t], m, i }))),
  );
  const isSelected = ({ i }: { i: number }) => i < k;
  const line = { x: 'τ', y: 'm', z: 'i', fx: 'kind', strokeWidth: 2 } as const;
  return {
    width: 860,
    height: 340,
    marginLeft: 50,
    marginTop: 40,
    marginBottom: 46,
    x: { type: 'log', label: 'temperature τ', labelOffset: 40, ticks: 4, tickFormat: '~g' },
    y: { label: 'mask m', domain: [0, 1], grid: true },
    fx: { label: null, domain: Object.keys(masks), padding: 0.16 },
    marks: [
      Plot.ruleY([k / scores.length], { stroke: COLOURS.faint, strokeDasharray: '5 3' }),
      Plot.line(points.filter(isSelected), { ...line, stroke: COLOURS.blue }),
      Plot.line(
        points.filter((point) => !isSelected(point)),
        { ...line, stroke: COLOURS.vermilion, strokeDasharray: '6 3' },
      ),
      ...[
        { text: '— selected by top-k', dy: 8, fill: COLOURS.blue },
        { text: '- - not selected', dy: 24, fill: COLOURS.vermilion },
      ].map(({ text, dy, fill }) =>
        Plot.text([{ kind: Object.keys(masks)[0] }], {
          fx: 'kind',
          frameAnchor: 'top-right',
          text: () => text,
          dy,
          fill,
        }),
      ),
      Plot.text([{ kind: Object.keys(masks)[0] }], {
        fx: 'kind',
        x: [temperatures[0]],
        y: [k / scores.length],
        text: () => 'k / n',
        textAnchor: 'start',
        dx: 4,
        dy: -8,
        fill: COLOURS.ink,
      }),
    ],
  };
}
