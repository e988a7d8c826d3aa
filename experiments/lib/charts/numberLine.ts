import * as Plot from '@observablehq/plot';
import { COLOURS } from './colours.ts';

interface Entry {
  index: number;
  value: number;
  isSelected: boolean;
}

/** The entries of y on a line, the k greatest as rings that are filled, and the gap where they end; 0 < k < n. */
export function numberLine(y: number[], k: number): Plot.PlotOptions {
  const order = y.map((value, index) => ({ index, value })).sort((a, b) => b.value - a.value);
  const entries = order.map((entry, i): Entry => ({ ...entry, isSelected: i < k }));
  const [least, next] = [order[k - 1].value, order[k].value];
  const gap = [{ from: next, to: least, middle: (least + next) / 2 }];
  return {
    width: 760,
    height: 180,
    marginTop: 20,
    marginBottom: 46,
    x: { label: 'yᵢ = wᵢ · x', labelOffset: 40, nice: true, inset: 20 },
    y: { axis: null, domain: [-1, 1.4] },
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
        x: 'middle',
        y: -0.55,
        text: () => `margin ${(least - next).toFixed(4)}`,
        dy: 14,
        dx: 6,
        textAnchor: 'start',
        fill: COLOURS.vermilion,
      }),
      Plot.text(gap, {
        x: 'middle',
        y: 1.25,
        text: () => 'selected →',
        textAnchor: 'start',
        dx: 8,
      }),
      Plot.dot(entries, {
        x: 'value',
        y: 0,
        r: 8,
        fill: ({ isSelected }: Entry) => (isSelected ? COLOURS.skyBlue : 'white'),
        stroke: ({ isSelected }: Entry) => (isSelected ? COLOURS.ink : COLOURS.faint),
        strokeWidth: ({ isSelected }: Entry) => (isSelected ? 2.5 : 1),
      }),
      Plot.text(entries, {
        x: 'value',
        y: 0,
        text: ({ index }: Entry) => `y${SUBSCRIPTS[index] ?? `[${String(index)}]`}`,
        dy: -18,
      }),
    ],
  };
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
