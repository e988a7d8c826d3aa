import type { Tensor } from '@tensorflow/tfjs-core';
import { entryFormat } from './entryFormat.ts';

/** Beyond so many columns or rows a table shows less than the text does. */
const WIDEST = 16;
const LONGEST = 64;
/** ColorBrewer's PuOr: people tell these apart whatever colours they see. */
const [POSITIVE, NEGATIVE] = ['230, 97, 1', '94, 60, 153'];
const STRONGEST = 0.6; // a share of the colour, so that text on it can be read
const FAINT = 'opacity: 0.65';

/**
 * A vector or matrix as a table of HTML: dtype and shape above it; floats shaded by their share of the
 * greatest, orange above zero and purple below, and zeros faint.
 *
 * @returns undefined for other ranks, for none and for many entries.
 */
export function htmlTensor(x: Tensor): string | undefined {
  const columns = x.shape[x.rank - 1];
  const isTable = x.rank === 1 || x.rank === 2;
  if (!isTable || x.size === 0 || columns > WIDEST || x.size / columns > LONGEST) return undefined;
  const entries = Array.from(x.dataSync());
  const format = entryFormat(entries, x.dtype);
  const sizes = entries.map(Math.abs).filter(Number.isFinite);
  const greatest = Math.max(...sizes);
  const style = (entry: number) => {
    if (x.dtype !== 'float32') return ''; // of an index no size means anything
    if (entry === 0) return FAINT;
    if (Number.isNaN(entry)) return 'font-weight: bold';
    const share = Number.isFinite(entry) ? Math.abs(entry) / greatest : 1;
    const colour = entry < 0 ? NEGATIVE : POSITIVE;
    return `background-color: rgba(${colour}, ${(STRONGEST * share).toFixed(3)})`;
  };

  const rows = Array.from({ length: x.size / columns }, (_, i) =>
    entries.slice(i * columns, (i + 1) * columns),
  );
  const cell = (entry: number) =>
    `<td style="text-align: right; ${style(entry)}">${format(entry)}</td>`;
  const row = (row: number[], i: number) => {
    const index = x.rank === 1 ? '' : `<th scope="row">${String(i)}</th>`;
    return `<tr>${index}${row.map(cell).join('')}</tr>`;
  };
  const header = Array.from({ length: columns }, (_, j) => `<th scope="col">${String(j)}</th>`);
  return [
    '<table>',
    `<caption>${x.dtype} [${x.shape.join(', ')}]</caption>`,
    `<thead><tr>${x.rank === 1 ? '' : '<td></td>'}${header.join('')}</tr></thead>`,
    `<tbody>${rows.map(row).join('\n')}</tbody>`,
    '</table>',
  ].join('\n');
}
