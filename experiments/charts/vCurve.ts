import type * as Plot from '@observablehq/plot';
import { COLOURS } from './colours.ts';
import { loadPlot } from './loadPlot.ts';

const STYLES = [
  { colour: COLOURS.blue, dashes: 'none', symbol: 'circle' },
  { colour: COLOURS.vermilion, dashes: '6 4', symbol: 'square' },
] as const;

/**
 * The error of central differences against the step on logarithmic axes, and as a vertical wall the
 * step beyond which the selection changes.
 *
 * @param errors by the function's name, one per step.
 */
export function vCurve(
  steps: number[],
  errors: Record<string, number[]>,
  wall: number,
): Plot.PlotOptions {
  const Plot = loadPlot();
  const curves = Object.entries(errors).map(([name, errors], c) => ({
    ...STYLES[c % STYLES.length],
    name,
    points: errors.map((error, i) => ({ h: steps[i], error })).filter(({ error }) => error > 0),
  }));
  const max = Math.max(...steps) * 1.3;
  const position = { x: 'h', y: 'error' } as const;
  return {
    width: 760,
    height: 400,
    marginLeft: 64,
    marginRight: 20,
    marginTop: 30,
    marginBottom: 46,
    x: {
      type: 'log',
      base: 2,
      label: 'step h',
      labelOffset: 40,
      domain: [Math.min(...steps) / 1.3, max],
      tickFormat: (h: number) => `2⁻${superscript(-Math.log2(h))}`,
    },
    y: {
      type: 'log',
      label: 'error of the central difference',
      tickFormat: '.0e',
      grid: true,
      ticks: 6,
    },
    marks: [
      Plot.rectX([{ from: wall, to: max }], {
        x1: 'from',
        x2: 'to',
        fill: COLOURS.faint,
        fillOpacity: 0.25,
      }),
      Plot.ruleX([wall], { stroke: COLOURS.ink, strokeWidth: 2.5 }),
      Plot.text([{ h: wall }], {
        x: 'h',
        text: () => `beyond ${wall.toFixed(4)} the selection changes`,
        frameAnchor: 'top',
        textAnchor: 'end',
        dx: -8,
        dy: 4,
      }),
      ...curves.flatMap(({ points, colour, dashes, symbol, name }) => [
        Plot.line(points, { ...position, stroke: colour, strokeWidth: 2, strokeDasharray: dashes }),
        Plot.dot(points, { ...position, stroke: colour, fill: 'white', symbol, r: 3.5 }),
        Plot.text(points.slice(-1), {
          ...position,
          text: () => name,
          fill: colour,
          textAnchor: 'start',
          dx: 8,
          dy: -8,
          fontSize: 13,
        }),
      ]),
    ],
  };
}

function superscript(n: number): string {
  return Array.from(String(n), (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}
