import * as Plot from '@observablehq/plot';
import { COLOURS } from './colours.ts';

/**
 * A function of t with a kink at `at`, and the lines that touch it there from both sides.
 *
 * @param slopes of f at the kink, to the left and to the right.
 */
export function kink(
  f: (t: number) => number,
  at: number,
  slopes: { left: number; right: number },
): Plot.PlotOptions {
  const steps = Array.from({ length: 101 }, (_, i) => (i / 50) * at);
  const height = f(at);
  const reach = 0.75 * at;
  const touching = [
    { side: 'left', slope: slopes.left, reach: -reach, colour: COLOURS.blue },
    { side: 'right', slope: slopes.right, reach, colour: COLOURS.vermilion },
  ];
  return {
    width: 760,
    height: 380,
    marginLeft: 60,
    marginTop: 30,
    marginBottom: 46,
    x: { label: 't, distance walked in the direction D', labelOffset: 40, grid: true },
    y: { label: 'loss, Σ v²', grid: true },
    marks: [
      Plot.ruleX([at], { stroke: COLOURS.faint, strokeDasharray: '5 3' }),
      Plot.line(
        steps.map((t) => ({ t, loss: f(t) })),
        { x: 't', y: 'loss', stroke: COLOURS.ink, strokeWidth: 3 },
      ),
      Plot.link(touching, {
        x1: ({ reach }: Touching) => at + reach,
        x2: ({ reach }: Touching) => at - BEYOND * reach,
        y1: ({ reach, slope }: Touching) => height + slope * reach,
        y2: ({ reach, slope }: Touching) => height - BEYOND * slope * reach,
        stroke: 'colour',
        strokeWidth: 2,
        strokeDasharray: '7 4',
      }),
      Plot.dot([{ t: at, loss: height }], { x: 't', y: 'loss', r: 5, fill: COLOURS.ink }),
      ...touching.map((line) =>
        Plot.text([line], {
          x: [at + 0.85 * line.reach],
          y: [height + 0.85 * line.slope * line.reach],
          text: () => `slope to the ${line.side}: ${line.slope.toFixed(4)}`,
          textAnchor: line.reach < 0 ? 'start' : 'end',
          dx: line.reach < 0 ? 14 : -14,
          dy: -4,
          fill: line.colour,
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

/** How far the lines go on beyond the tie. */
const BEYOND = 0.3;

interface Touching {
  side: string;
  slope: number;
  reach: number;
  colour: string;
}
