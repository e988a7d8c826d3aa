import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutedCell } from './ExecutedCell.ts';
import { saveFiles } from './saveFile.ts';
import { toIpynb } from './toIpynb.ts';
import { toPage } from './toPage.ts';

/**
 * Writes `name`.ipynb and `name`.html into the folder, and each chart as `name`-1.svg and so on. Charts beyond
 * these, of an earlier run, are removed.
 *
 * @param about a line on what it ran on.
 * @throws SaveError where it cannot.
 */
export function saveRun(folder: string, name: string, cells: ExecutedCell[], about: string): void {
  const charts = cells.flatMap(({ outputs }) =>
    outputs.flatMap((output) => (output.kind === 'chart' ? [output.svg] : [])),
  );
  saveFiles({
    ...Object.fromEntries(charts.map((svg, i) => [chartPath(folder, name, i + 1), svg])),
    [join(folder, `${name}.ipynb`)]: toIpynb(cells),
    [join(folder, `${name}.html`)]: toPage(cells, about),
  });
  for (const file of readdirSync(folder)) {
    const [, of, count] = /^(.+)-(\d+)\.svg$/.exec(file) ?? [];
    if (of === name && Number(count) > charts.length) rmSync(join(folder, file));
  }
}

export function chartPath(folder: string, name: string, count: number): string {
  return join(folder, `${name}-${String(count)}.svg`);
}
