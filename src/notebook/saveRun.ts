import { join } from 'node:path';
import type { RunCell } from './RunCell.ts';
import { saveFile } from './saveFile.ts';
import { toIpynb } from './toIpynb.ts';
import { toPage } from './toPage.ts';

/**
 * Writes `name`.ipynb and `name`.html into the folder, and each chart as `name`-1.svg and so on.
 *
 * @param about a line on what it ran on.
 * @throws SaveError where it cannot.
 */
export function saveRun(folder: string, name: string, cells: RunCell[], about: string): void {
  const charts = cells.flatMap(({ outputs }) => outputs.filter(({ kind }) => kind === 'chart'));
  for (const [i, chart] of charts.entries()) {
    if (chart.kind === 'chart') saveFile(chartPath(folder, name, i + 1), chart.svg);
  }
  saveFile(join(folder, `${name}.ipynb`), toIpynb(cells));
  saveFile(join(folder, `${name}.html`), toPage(cells, about));
}

export function chartPath(folder: string, name: string, count: number): string {
  return join(folder, `${name}-${String(count)}.svg`);
}
