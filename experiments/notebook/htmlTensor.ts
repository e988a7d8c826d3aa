import type { Tensor } from '@tensorflow/tfjs-core';
import { entryFormatter } from './entryFormatter.ts';

const MAX_COLUMNS = 16;
const MAX_ROWS = 64;
/** ColorBrewer's PuOr, which is safe for colour-blind readers. */
const [POSITIVE, NEGATIVE] = ['230, 97, 1', '94, 60, 153'];
const MAX_OPACITY = 0.6; // keeps the text legible
const FAINT = 'opacity: 0.65';

/**
 * Formats a vector or matrix as an HTML table captioned with its dtype and shape. Floats are shaded
 * in proportion to the largest magnitude, orange for positive and purple for negative; zeros are
 * faint.
 *
 * @returns undefined for other ranks, for empty tensors and for large ones.
 */
export function htmlTensor(x: Tensor): string | undefined {
  const columns = x.shape[x.rank - 1];
  const isTable = x.rank === 1 || x.rank === 2;
  if (!isTable || x.size === 0 || columns > MAX_COLUMNS || x.size / columns > MAX_ROWS)
    return undefined;
  const entries = Array.from(x.dataSync());
  const format = entryFormatter(entries, x.dtype);
  const maxAbs = Math.max(...entries.map(Math.abs).filter(Number.isFinite));
  const style = (entry: number) => {
    if (x.dtype !== 'float32') return ''; // the magnitude of an index means nothing
    if (entry === 0) return FAINT;
    if (Number.isNaN(entry)) return 'font-weight: bold';
    const share = Number.isFinite(entry) ? Math.abs(entry) / maxAbs : 1;
    const colour = entry < 0 ? NEGATIVE : POSITIVE;
    return `background-color: rgba(${colour}, ${(MAX_OPACITY * share).toFixed(3)})`;
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
