import type * as Plot from '@observablehq/plot';
import { COLOURS } from './colours.ts';
import { loadPlot } from './loadPlot.ts';

/**
 * The graph of a function with a kink at `at`, and its two one-sided tangents there.
 *
 * @param slopes the one-sided derivatives of f at the kink.
 */
export function kink(
  f: (t: number) => number,
  at: number,
  slopes: { left: number; right: number },
): Plot.PlotOptions {
  const Plot = loadPlot();
  const steps = Array.from({ length: 101 }, (_, i) => (i / 50) * at);
  const height = f(at);
  const reach = 0.75 * at;
  const tangents = [
    { side: 'left', slope: slopes.left, reach: -reach, colour: COLOURS.blue },
    { side: 'right', slope: slopes.right, reach, colour: COLOURS.vermilion },
  ];
  return {
    width: 760,
    height: 380,
    marginLeft: 60,
    marginTop: 30,
    marginBottom: 46,
    x: { label: 't, distance from W along D', labelOffset: 40, grid: true },
    y: { label: 'loss, Σ v²', grid: true },
    marks: [
      Plot.ruleX([at], { stroke: COLOURS.faint, strokeDasharray: '5 3' }),
      Plot.line(
        steps.map((t) => ({ t, loss: f(t) })),
        { x: 't', y: 'loss', stroke: COLOURS.ink, strokeWidth: 3 },
      ),
      Plot.link(tangents, {
        x1: ({ reach }: Tangent) => at + reach,
        x2: ({ reach }: Tangent) => at - BEYOND * reach,
        y1: ({ reach, slope }: Tangent) => height + slope * reach,
        y2: ({ reach, slope }: Tangent) => height - BEYOND * slope * reach,
        stroke: 'colour',
        strokeWidth: 2,
        strokeDasharray: '7 4',
      }),
      Plot.dot([{ t: at, loss: height }], { x: 't', y: 'loss', r: 5, fill: COLOURS.ink }),
      ...tangents.map((tangent) =>
        Plot.text([tangent], {
          x: [at + 0.85 * tangent.reach],
          y: [height + 0.85 * tangent.slope * tangent.reach],
          text: () => `slope on the ${tangent.side}: ${tangent.slope.toFixed(4).replace('-', '−')}`,
          textAnchor: tangent.reach < 0 ? 'start' : 'end',
          dx: tangent.reach < 0 ? 14 : -14,
          dy: -4,
          fill: tangent.colour,
        }),
      ),
      Plot.text([{ t: at }], {
        x: 't',
        text: () => `tie, t* = ${at.toFixed(4)}`,
        frameAnchor: 'top',
        dx: 6,
        dy: 4,
        textAnchor: 'start',
      }),
    ],
  };
}

/** How far each tangent extends past the kink, relative to its reach. */
const BEYOND = 0.3;

interface Tangent {
  side: string;
  slope: number;
  reach: number;
  colour: string;
}
