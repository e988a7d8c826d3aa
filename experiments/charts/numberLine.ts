import type * as Plot from '@observablehq/plot';
import { COLOURS } from './colours.ts';
import { formatNumber } from './formatNumber.ts';
import { loadPlot } from './loadPlot.ts';

interface Entry {
  index: number;
  value: number;
  isSelected: boolean;
  /** Its height in a stack of dots that would overlap on the line. */
  level: number;
}

/** More entries than this are drawn as small dots without names. */
const MAX_NAMED = 16;
/** Dots closer than this fraction of the line are stacked. */
const STACK_WITHIN = 0.025;
/** How many places on the line small dots may have; of several at one place, one is drawn. */
const PLACES = 400;

/**
 * The entries of y on a number line, the k largest filled, and the margin below them; 0 < k < n.
 *
 * @param margin what is written for it: y may have been rounded.
 */
export function numberLine(y: number[], k: number, margin: number): Plot.PlotOptions {
  const Plot = loadPlot();
  const order = y.map((value, index) => ({ index, value })).sort((a, b) => b.value - a.value);
  const [max, min] = [order[0].value, order[order.length - 1].value];
  const near = STACK_WITHIN * (max - min);
  const isNamed = y.length <= MAX_NAMED;
  let bottom = Infinity;
  let level = 0;
  const all = order.map((entry, i): Entry => {
    level = bottom - entry.value <= near ? level + 1 : 0;
    if (level === 0) bottom = entry.value;
    return { ...entry, isSelected: i < k, level: isNamed ? level : 0 };
  });
  const entries = isNamed ? all : all.filter(isFirstAtItsPlace(min, max));
  const [threshold, runnerUp] = [order[k - 1].value, order[k].value];
  const gap = [{ from: runnerUp, to: threshold, middle: (threshold + runnerUp) / 2 }];
  const isAtEnd = gap[0].middle > min + 0.7 * (max - min);
  const beside = { textAnchor: isAtEnd ? 'end' : 'start', dx: isAtEnd ? -8 : 8 } as const;
  const isAlone = ({ level }: Entry, i: number) => level === 0 && !entries[i + 1]?.level;
  const name = ({ index }: Entry) => `y${SUBSCRIPTS[index] ?? `[${String(index)}]`}`;
  const position = { x: 'value', y: ({ level }: Entry) => 0.42 * level };
  const highest = entries.reduce((most, { level }) => Math.max(most, level), 0);
  return {
    width: 760,
    height: 180 + 20 * Math.max(0, highest - 1),
    marginTop: 20,
    marginBottom: 46,
    x: {
      label: 'yᵢ = wᵢ · x',
      labelOffset: 40,
      nice: true,
      inset: 30,
      tickFormat: '.4~g',
      ticks: 9,
    },
    y: { axis: null, domain: [-1, 1.4 + 0.42 * Math.max(0, highest - 1)] },
    marks: [
      Plot.ruleY([0], { stroke: COLOURS.faint }),
      Plot.ruleX(gap, { x: 'middle', stroke: COLOURS.vermilion, strokeDasharray: '5 3' }),
      Plot.link(gap, {
        x1: 'from',
        x2: 'to',
        y1: -0.55,
        y2: -0.55,
        stroke: COLOURS.vermilion,
        strokeWidth: 3,
      }),
      Plot.text(gap, {
        ...beside,
        x: 'middle',
        y: -0.55,
        text: () => `margin ${formatNumber(margin, 4)}`,
        dy: 14,
        fill: COLOURS.ink,
      }),
      Plot.text(gap, { ...beside, x: 'middle', frameAnchor: 'top', text: () => 'selected →' }),
      Plot.dot(entries.toReversed(), {
        ...position,
        r: isNamed ? 8 : 4,
        fill: ({ isSelected }: Entry) => (isSelected ? COLOURS.skyBlue : 'white'),
        stroke: ({ isSelected }: Entry) => (isSelected ? COLOURS.ink : COLOURS.faint),
        strokeWidth: ({ isSelected }: Entry) => (isSelected ? 2.5 : 1),
      }),
      ...(isNamed
        ? [
            Plot.text(entries.filter(isAlone), { ...position, text: name, dy: -18 }),
            Plot.text(
              entries.filter((entry, i) => !isAlone(entry, i)),
              { ...position, text: name, dx: 13, textAnchor: 'start' },
            ),
          ]
        : []),
    ],
  };
}

/** Of sorted entries, keeps one of the selected and one of the others at each place. */
function isFirstAtItsPlace(min: number, max: number) {
  const placeOf = (value: number) => Math.round((PLACES * (value - min)) / (max - min || 1));
  return ({ value, isSelected }: Entry, i: number, all: Entry[]) =>
    i === 0 || placeOf(all[i - 1].value) !== placeOf(value) || all[i - 1].isSelected !== isSelected;
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
