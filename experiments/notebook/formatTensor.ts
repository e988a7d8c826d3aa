import type { Tensor } from '@tensorflow/tfjs-core';
import { entryFormatter } from './entryFormatter.ts';

const LINE_WIDTH = 80;
/** A larger tensor is printed as the first and last EDGE_ITEMS entries of each axis. */
const SUMMARIZE_ABOVE = 1000;
const EDGE_ITEMS = 3;

type Nested = number | string | Nested[];

/** Formats a tensor in aligned columns, as PyTorch prints it. */
export function formatTensor(x: Tensor): string {
  const entries = x.arraySync() as Nested;
  const printed = x.size > SUMMARIZE_ABOVE ? summarize(entries) : entries;
  const numbers = numbersIn(printed);
  const format = entryFormatter(numbers, x.dtype);
  const width = Math.max(0, ...numbers.map((entry) => format(entry).length));
  const show = (entry: number | string) =>
    typeof entry === 'string' ? entry : format(entry).padStart(width);

  const opening = 'tensor(';
  const size = x.size === 0 && x.rank > 1 ? `, size=[${x.shape.join(', ')}]` : '';
  const body = x.size === 0 ? '[]' : layOut(printed, show, opening.length, width);
  return `${opening}${body}${size})`;
}

function numbersIn(entries: Nested): number[] {
  if (Array.isArray(entries)) return entries.flatMap(numbersIn);
  return typeof entries === 'number' ? [entries] : [];
}

function summarize(entries: Nested): Nested {
  if (!Array.isArray(entries)) return entries;
  const inner =
    entries.length <= 2 * EDGE_ITEMS
      ? entries
      : [...entries.slice(0, EDGE_ITEMS), '...', ...entries.slice(-EDGE_ITEMS)];
  return inner.map(summarize);
}

function layOut(
  entries: Nested,
  show: (entry: number | string) => string,
  indent: number,
  width: number,
): string {
  if (!Array.isArray(entries)) return show(entries);
  const depth = depthOf(entries);
  const margin = ' '.repeat(indent + 1);
  if (depth > 1) {
    const separator = `,${'\n'.repeat(depth - 1)}${margin}`;
    return `[${entries.map((entry) => layOut(entry, show, indent + 1, width)).join(separator)}]`;
  }
  const perLine = Math.max(1, Math.floor((LINE_WIDTH - indent) / (width + 2)));
  const cells = entries.map((entry) => show(entry as number | string));
  const lines = [];
  for (let i = 0; i < cells.length; i += perLine)
    lines.push(cells.slice(i, i + perLine).join(', '));
  return `[${lines.join(`,\n${margin}`)}]`;
}

function depthOf(entries: Nested): number {
  return Array.isArray(entries) ? 1 + Math.max(0, ...entries.map(depthOf)) : 0;
}
