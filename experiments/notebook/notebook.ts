import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'node:path';
import { inspect, styleText } from 'node:util';
import type { PlotOptions } from '@observablehq/plot';
import { backend, getBackend, Tensor, version_core } from '@tensorflow/tfjs-core';
import { callerLine } from './callerLine.ts';
import { formatTensor } from './formatTensor.ts';
import { htmlTensor } from './htmlTensor.ts';
import { evaluateClaim, type Test } from './evaluateClaim.ts';
import { parseCells } from './parseCells.ts';
import type { Output, ExecutedCell } from './ExecutedCell.ts';
import { SaveError } from './saveFile.ts';
import { chartPath, saveRun } from './saveRun.ts';

export interface Notebook {
  /** Prints a value as the calling cell's output: tensors as PyTorch does, text as it is. */
  show: (value: unknown) => void;
  /** Prints ✓ or ✗, the statement, the figure and its bound. One ✗ makes the exit status 1. */
  claim: (statement: string, test: Test) => void;
  /** Draws a chart where the run is saved; prints its title, and where it was saved. */
  plot: (title: string, chart: PlotOptions) => void;
}

/**
 * Prints a script in percent format as a notebook session while it runs: prose as text, the real
 * source of each cell as `In [n]:`, its outputs as `Out[n]:`. `show`, `claim` and `plot` find their cell
 * by the line that calls them, so the script stays an ordinary script; a cell that calls none of them is
 * printed with the next one that does, or at the end, where the claims are counted.
 *
 * @param filename the script's own path, `__filename`.
 * @param options.save a folder that gets the run as a Jupyter notebook, as a page, and its charts, when
 *   it ends. Where that cannot be written, the exit status is 2.
 */
export function notebook(filename: string, { save }: { save?: string | undefined } = {}): Notebook {
  const cells = parseCells(readFileSync(filename, 'utf8'));
  const { name } = parse(filename);
  const ran: ExecutedCell[] = [];
  const claims = { held: 0, failed: 0 };
  let executionCount = 0;
  let charts = 0;

  const print = (text: string) => process.stdout.write(`${text}\n`);
  const about = () => `Backend: ${getBackend()} (TensorFlow.js ${version_core})`;

  const printCellsThrough = (last: number) => {
    if (ran.length === 0) {
      backend(); // starts the default one, if none was chosen
      print(about());
    }
    while (ran.length <= last) {
      const cell = cells[ran.length];
      const count = cell.kind === 'code' ? ++executionCount : null;
      ran.push({ ...cell, count, outputs: [] });
      print('');
      print(count === null ? asProse(cell.source) : asInput(cell.source, count));
    }
  };

  /** Keeps an output of the cell that is running, and returns the cell. */
  const keep = (output: () => Output): ExecutedCell => {
    const line = callerLine(filename);
    const at = cells.findIndex(({ lastLine }) => line <= lastLine);
    printCellsThrough(at);
    if (save !== undefined) ran[at].outputs.push(output());
    return ran[at];
  };

  const hasFailed = () => process.exitCode === 2;
  // A script that ends by process.exit(), or fails, has not run its remaining cells: they are not printed.
  process.once('beforeExit', () => {
    if (!hasFailed()) printCellsThrough(cells.length - 1);
  });
  let crashed = false;
  process.once('uncaughtExceptionMonitor', () => {
    crashed = true;
  });
  process.once('exit', () => {
    if (ran.length === 0 || crashed) return;
    print(`\nClaims: ${String(claims.held)} ✓, ${String(claims.failed)} ✗`);
    if (save === undefined || hasFailed()) return;
    try {
      saveRun(save, name, ran, about());
    } catch (error) {
      if (!(error instanceof SaveError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 2;
    }
  });

  return {
    show(value) {
      const [text, html] =
        value instanceof Tensor
          ? [formatTensor(value as Tensor), htmlTensor(value as Tensor)]
          : [typeof value === 'string' ? value : inspect(value), undefined];
      const { count } = keep(() => ({ kind: 'value', text, html }));
      const prompt = styleText('red', `Out[${String(count)}]:`);
      print(`${prompt}${text.includes('\n') ? '\n' : ' '}${text}`);
    },
    claim(statement, test) {
      const { holds, figure } = evaluateClaim(test);
      const text = `${holds ? '✓' : '✗'} ${statement}: ${figure}`;
      keep(() => ({ kind: 'claim', holds, text }));
      claims[holds ? 'held' : 'failed']++;
      if (!holds) process.exitCode = 1;
      print(styleText(holds ? 'green' : 'red', text));
    },
    plot(title, chart) {
      keep(() => ({ kind: 'chart', title, svg: render(title, chart) }));
      const where = save === undefined ? '--save draws it' : chartPath(save, name, ++charts);
      print(`Chart: ${title} (${where})`);
    },
  };
}

/** The library of charts takes as long to load as a short run takes, so only a run that is saved does. */
function render(title: string, chart: PlotOptions): string {
  const { renderChart } = createRequire(__filename)(
    './renderChart.ts',
  ) as typeof import('./renderChart.ts');
  return renderChart(title, chart);
}

function asProse(source: string[]): string {
  return source.map((line) => (line.startsWith('#') ? styleText('bold', line) : line)).join('\n');
}

function asInput(source: string[], count: number): string {
  const prompt = `In [${String(count)}]: `;
  const continuation = '...: '.padStart(prompt.length);
  return source
    .map((line, i) => {
      const start = i === 0 ? prompt : continuation;
      return line === ''
        ? styleText('green', start.trimEnd())
        : `${styleText('green', start)}${line}`.trimEnd();
    })
    .join('\n');
}
