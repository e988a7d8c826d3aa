import { basename } from 'node:path';
import { chartPath } from './chartPath.ts';
import type { ExecutedCell } from './ExecutedCell.ts';
import { saveFiles } from './saveFiles.ts';
import { toIpynb } from './toIpynb.ts';
import { toPage } from './toPage.ts';

/**
 * Saves a run as `name.ipynb` and `name.html`, and its charts as `name-1.svg` and so on, in place of
 * an earlier run.
 *
 * @param environment a line about the backend, for the page.
 * @throws SaveError if a file of another origin stands in the way, or one cannot be written.
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
  saveFiles(folder, name, {
    ...Object.fromEntries(charts.map((svg, i) => [basename(chartPath(folder, name, i + 1)), svg])),
    [`${name}.ipynb`]: toIpynb(cells),
    [`${name}.html`]: toPage(cells, environment),
  });
}
