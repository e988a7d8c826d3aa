import * as Plot from '@observablehq/plot';
import type { Tensor } from '@tensorflow/tfjs';
import { COLOURS } from './colours.ts';
import { short } from './short.ts';

interface Entry {
  matrix: string;
  row: number;
  column: number;
  value: number;
}

/** Matrices side by side on one scale of colours; what is not zero has an outline, too. */
export function heatMaps(matrices: Record<string, Tensor>): Plot.PlotOptions {
  const entries = Object.entries(matrices).flatMap(([matrix, x]): Entry[] =>
    (x.arraySync() as number[][]).flatMap((values, row) =>
      values.map((value, column) => ({ matrix, row, column, value })),
    ),
  );
  const greatest = Math.max(...entries.map(({ value }) => Math.abs(value)));
  const columns = Object.entries(matrices).flatMap(([matrix, { shape }]) =>
    Array.from({ length: shape[1] ?? 0 }, (_, column) => ({ matrix, column })),
  );
  const place = { fx: 'matrix', x: 'column', y: 'row' } as const;
  const isDark = ({ value }: Entry) => Math.abs(value) > 0.6 * greatest;
  return {
    width: 760,
    height: 380,
    marginTop: 50,
    marginBottom: 46,
    fx: { domain: Object.keys(matrices), label: null, padding: 0.06 },
    x: {
      label: 'column',
      tickSize: 0,
      tickFormat: () => '', // a matrix may have fewer columns than another
      labelAnchor: 'center',
      labelArrow: 'none',
      labelOffset: 40,
    },
    y: { label: 'row', tickSize: 0, labelAnchor: 'center', labelArrow: 'none' },
    // ColorBrewer's, which people tell apart whatever colours they see
    color: { type: 'linear', domain: [greatest, -greatest], scheme: 'PuOr' },
    marks: [
      Plot.cell(
        entries.filter(({ value }) => value !== 0),
        { ...place, fill: 'value', inset: 1.5, stroke: COLOURS.ink },
      ),
      Plot.text(entries, {
        ...place,
        text: ({ value }: Entry) => short(value),
        fill: (entry: Entry) =>
          entry.value === 0 ? COLOURS.faint : isDark(entry) ? 'white' : COLOURS.ink,
        fontSize: entries.some(({ value }) => short(value).length > 5) ? 9 : 11,
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
