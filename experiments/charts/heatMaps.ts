import type * as Plot from '@observablehq/plot';
import type { Tensor } from '@tensorflow/tfjs';
import { COLOURS } from './colours.ts';
import { formatNumber } from './formatNumber.ts';
import { loadPlot } from './loadPlot.ts';

interface Entry {
  matrix: string;
  row: number;
  column: number;
  value: number;
}

/** Matrices side by side on a common colour scale; non-zero entries are outlined. */
export function heatMaps(matrices: Record<string, Tensor>): Plot.PlotOptions {
  const Plot = loadPlot();
  const entries = Object.entries(matrices).flatMap(([matrix, x]): Entry[] =>
    (x.arraySync() as number[][]).flatMap((values, row) =>
      values.map((value, column) => ({ matrix, row, column, value })),
    ),
  );
  const maxAbs = Math.max(...entries.map(({ value }) => Math.abs(value)));
  const columns = Object.entries(matrices).flatMap(([matrix, { shape }]) =>
    Array.from({ length: shape[1] ?? 0 }, (_, column) => ({ matrix, column })),
  );
  const position = { fx: 'matrix', x: 'column', y: 'row' } as const;
  const isDark = ({ value }: Entry) => Math.abs(value) > 0.6 * maxAbs;
  return {
    width: 760,
    height: 380,
    marginTop: 50,
    marginBottom: 46,
    fx: { domain: Object.keys(matrices), label: null, padding: 0.06 },
    x: {
      label: 'column',
      tickSize: 0,
      tickFormat: () => '', // the matrices differ in their number of columns
      labelAnchor: 'center',
      labelArrow: 'none',
      labelOffset: 40,
    },
    y: { label: 'row', tickSize: 0, labelAnchor: 'center', labelArrow: 'none' },
    // PuOr is safe for colour-blind readers.
    color: { type: 'linear', domain: [maxAbs, -maxAbs], scheme: 'PuOr' },
    marks: [
      Plot.cell(
        entries.filter(({ value }) => value !== 0),
        { ...position, fill: 'value', inset: 1.5, stroke: COLOURS.ink },
      ),
      Plot.text(entries, {
        ...position,
        text: ({ value }: Entry) => formatNumber(value),
        fill: (entry: Entry) =>
          entry.value === 0 ? COLOURS.faint : isDark(entry) ? 'white' : COLOURS.ink,
        fontSize: entries.some(({ value }) => formatNumber(value).length > 4) ? 9 : 11,
      }),
      Plot.text(columns, {
        fx: 'matrix',
        x: 'column',
        text: ({ column }: { column: number }) => String(column),
        frameAnchor: 'bottom',
        dy: 14,
      }),
    ],
  };
}
