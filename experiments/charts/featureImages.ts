import type * as Plot from '@observablehq/plot';
import { loadPlot } from './loadPlot.ts';

/** Pixels of one row and one value, next to each other. */
interface Run {
  left: number;
  right: number;
  top: number;
  value: number;
}

const COLUMNS = 12;
const GAP = 2;
const LEVELS = 5;
/** Points for each pixel: whole, so that the coordinates are, too. */
const SCALE = 2;

/** Images of size² entries, row by row, each on a colour scale of its own, of a few levels. */
export function featureImages(images: number[][]): Plot.PlotOptions {
  const Plot = loadPlot();
  const size = Math.sqrt(images[0].length);
  const cell = size + GAP;
  const place = (image: number) => ({
    left: (image % COLUMNS) * cell,
    top: Math.floor(image / COLUMNS) * cell,
  });
  const runs = images.flatMap((entries, image) => {
    const strongest = Math.max(...entries.map(Math.abs));
    const levels = entries.map((entry) => Math.round((LEVELS * entry) / strongest) / LEVELS);
    return runsOf(levels, size, place(image));
  });
  const frames = images.map((_, image) => place(image));
  const [width, height] = [COLUMNS * cell, Math.ceil(images.length / COLUMNS) * cell];
  return {
    width: SCALE * width,
    height: SCALE * height,
    margin: 0,
    x: { axis: null, domain: [0, width] },
    y: { axis: null, domain: [height, 0] },
    // PuOr is safe for colour-blind readers.
    color: { type: 'linear', domain: [1, -1], scheme: 'PuOr' },
    marks: [
      Plot.rect(frames, {
        x1: 'left',
        x2: ({ left }: { left: number }) => left + size,
        y1: 'top',
        y2: ({ top }: { top: number }) => top + size,
        fill: '#f7f7f7',
      }),
      Plot.rect(runs, {
        x1: 'left',
        x2: 'right',
        y1: 'top',
        y2: ({ top }: Run) => top + 1,
        fill: 'value',
      }),
    ],
  };
}

function runsOf(
  levels: number[],
  size: number,
  { left, top }: { left: number; top: number },
): Run[] {
  const runs: Run[] = [];
  levels.forEach((value, i) => {
    if (value === 0) return;
    const x = left + (i % size);
    const y = top + Math.floor(i / size);
    const last = runs.at(-1);
    if (last?.right === x && last.top === y && last.value === value) last.right++;
    else runs.push({ left: x, right: x + 1, top: y, value });
  });
  return runs;
}
