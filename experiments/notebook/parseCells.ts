export interface Cell {
  kind: 'code' | 'markdown';
  /** The lines without the marker; of markdown also without the leading `//`. */
  source: string[];
  /** The number of the cell's last line in the file, from 1. */
  lastLine: number;
}

/**
 * Parses a script in Jupytext's percent format: `// %%` starts a code cell, `// %% [markdown]` a
 * cell of prose in comments, and lines before the first marker form a code cell. Leading and
 * trailing blank lines are dropped, as are empty cells. Raw cells are not supported.
 *
 * @see https://jupytext.readthedocs.io/en/latest/formats-scripts.html#the-percent-format
 */
export function parseCells(script: string): Cell[] {
  const cells: Cell[] = [{ kind: 'code', source: [], lastLine: 0 }];
  script.split(/\r?\n/).forEach((line, i) => {
    const marker = /^\s*\/\/\s*%%+(?:\s(.*))?$/.exec(line);
    if (marker) {
      const kind = /\[(markdown|md)\]/.test(marker[1]) ? 'markdown' : 'code';
      cells.push({ kind, source: [], lastLine: i + 1 });
    } else {
      const cell = cells[cells.length - 1];
      cell.source.push(cell.kind === 'markdown' ? line.replace(/^\/\/ ?/, '') : line);
      cell.lastLine = i + 1;
    }
  });
  return cells
    .map((cell) => ({ ...cell, source: trimBlankLines(cell.source) }))
    .filter((cell) => cell.source.length > 0);
}

function trimBlankLines(lines: string[]): string[] {
  const isText = (line: string) => line.trim() !== '';
  return lines.slice(lines.findIndex(isText), lines.findLastIndex(isText) + 1);
}
