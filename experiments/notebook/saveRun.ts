import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chartPath } from './chartPath.ts';
import type { ExecutedCell } from './ExecutedCell.ts';
import { saveFiles } from './saveFiles.ts';
import { toIpynb } from './toIpynb.ts';
import { toPage } from './toPage.ts';

/**
 * Saves a run as `name.ipynb` and `name.html`, and its charts as `name-1.svg` and so on. Charts
 * left over from an earlier run that had more are deleted.
 *
 * @param environment a line about the backend, for the page.
 * @throws SaveError if a file cannot be written.
 */
export function saveRun(
  folder: string,
  name: string,
  cells: ExecutedCell[],
  environment: string,
): void {
  const charts = cells.flatMap(({ outputs }) =>
    outputs.flatMap((output) => (output.kind === 'chart' ? [output.svg] : [])),
  );
  saveFiles({
    ...Object.fromEntries(charts.map((svg, i) => [chartPath(folder, name, i + 1), svg])),
    [join(folder, `${name}.ipynb`)]: toIpynb(cells),
    [join(folder, `${name}.html`)]: toPage(cells, environment),
  });
  for (const file of readdirSync(folder)) {
    const [, run, count] = /^(.+)-(\d+)\.svg$/.exec(file) ?? [];
    if (run === name && Number(count) > charts.length) rmSync(join(folder, file));
  }
}
