import * as Plot from '@observablehq/plot';
import { COLOURS } from './colours.ts';
import { short } from './short.ts';

interface Entry {
  index: number;
  value: number;
  isSelected: boolean;
  /** how many lie below it, where entries are too near for dots side by side */
  level: number;
}

/** Of more entries only the dots are drawn, and smaller. */
const MOST_NAMED = 16;
/** Of the whole line: dots that are nearer than this are stacked. */
const NEAR = 0.025;

/** The entries of y on a line, the k greatest as rings that are filled, and the gap where they end; 0 < k < n. */
export function numberLine(y: number[], k: number): Plot.PlotOptions {
  const order = y.map((value, index) => ({ index, value })).sort((a, b) => b.value - a.value);
  const [greatest, smallest] = [order[0].value, order[order.length - 1].value];
  const near = NEAR * (greatest - smallest);
  const isNamed = y.length <= MOST_NAMED;
  let foot = Infinity;
  let level = 0;
  const entries = order.map((entry, i): Entry => {
    level = foot - entry.value <= near ? level + 1 : 0;
    if (level === 0) foot = entry.value;
    return { ...entry, isSelected: i < k, level: isNamed ? level : 0 };
  });
  const [least, next] = [order[k - 1].value, order[k].value];
  const gap = [{ from: next, to: least, middle: (least + next) / 2 }];
  const isAtEnd = gap[0].middle > smallest + 0.7 * (greatest - smallest);
  const beside = { textAnchor: isAtEnd ? 'end' : 'start', dx: isAtEnd ? -8 : 8 } as const;
  const isAlone = ({ level }: Entry, i: number) => level === 0 && !entries[i + 1]?.level;
  const name = ({ index }: Entry) => `y${SUBSCRIPTS[index] ?? `[${String(index)}]`}`;
  const place = { x: 'value', y: ({ level }: Entry) => 0.42 * level };
  const highest = Math.max(...entries.map((entry) => entry.level));
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
        text: () => `margin ${short(least - next, 4)}`,
        dy: 14,
        fill: COLOURS.ink,
      }),
      Plot.text(gap, { ...beside, x: 'middle', frameAnchor: 'top', text: () => 'selected →' }),
      Plot.dot(entries.toReversed(), {
        ...place,
        r: isNamed ? 8 : 4,
        fill: ({ isSelected }: Entry) => (isSelected ? COLOURS.skyBlue : 'white'),
        stroke: ({ isSelected }: Entry) => (isSelected ? COLOURS.ink : COLOURS.faint),
        strokeWidth: ({ isSelected }: Entry) => (isSelected ? 2.5 : 1),
      }),
      ...(isNamed
        ? [
            Plot.text(entries.filter(isAlone), { ...place, text: name, dy: -18 }),
            Plot.text(
              entries.filter((entry, i) => !isAlone(entry, i)),
              { ...place, text: name, dx: 13, textAnchor: 'start' },
            ),
          ]
        : []),
    ],
  };
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
