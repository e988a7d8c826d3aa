import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'node:path';
import { inspect, styleText } from 'node:util';
import type { PlotOptions } from '@observablehq/plot';
import { backend, getBackend, Tensor, version_core } from '@tensorflow/tfjs-core';
import { printable } from '../cli/printable.ts';
import { callerLine } from './callerLine.ts';
import { chartPath } from './chartPath.ts';
import { evaluateClaim, type Condition } from './evaluateClaim.ts';
import type { Output, ExecutedCell } from './ExecutedCell.ts';
import { formatCell } from './formatCell.ts';
import { formatTensor } from './formatTensor.ts';
import { htmlTensor } from './htmlTensor.ts';
import { parseCells } from './parseCells.ts';
import { SaveError } from './SaveError.ts';
import { saveRun } from './saveRun.ts';

export interface Notebook {
  /** Prints a value as the output of the calling cell: tensors as PyTorch does, text as it is. */
  show: (value: unknown) => void;
  /** Prints what the run found, in sentences, one a line: above the calling cell, and first in the saved page. */
  answer: (lines: string[]) => void;
  /** Prints ✓ or ✗ and the sentence. A claim that fails makes the exit status 1. */
  claim: (sentence: string, condition: Condition) => void;
  /** Prints the title of a chart. The chart is drawn only if the run is saved. */
  plot: (title: string, chart: () => PlotOptions) => void;
}

/**
 * Prints a script in percent format as a notebook session while it runs: prose as text, the source
 * of each code cell behind `In [n]:`, its outputs behind `Out[n]:`. `show`, `claim` and `plot` find
 * their cell by the line that calls them, so the script remains an ordinary script. A cell that
 * calls none of them is printed before the next cell that does, or at the end, before the count of
 * claims.
 *
 * @param filename the script's own path, `__filename`.
 * @param options.save the folder to which the run is saved when it ends, as a Jupyter notebook and
 *   as an HTML page, with its charts. If that fails, the exit status is 2.
 */
export function notebook(filename: string, { save }: { save?: string | undefined } = {}): Notebook {
  const cells = parseCells(readFileSync(filename, 'utf8'));
  const { name } = parse(filename);
  const executed: ExecutedCell[] = [];
  const claims = { held: 0, failed: 0 };
  let executionCount = 0;
  let charts = 0;

  const print = (text: string) => process.stdout.write(`${text}\n`);
  const environment = () => `Backend: ${getBackend()} (TensorFlow.js ${version_core})`;

  let isStarted = false;
  const printCellsThrough = (last: number) => {
    if (!isStarted) {
      isStarted = true;
      backend(); // starts the default backend if none was chosen
      print(environment());
    }
    while (executed.length <= last) {
      const cell = cells[executed.length];
      const count = cell.kind === 'code' ? ++executionCount : null;
      executed.push({ ...cell, count, outputs: [] });
      print(`\n${formatCell(executed[executed.length - 1])}`);
    }
  };

  const findRunning = (): number => {
    const line = callerLine(filename);
    return cells.findIndex(({ lastLine }) => line <= lastLine);
  };

  /** Prints all cells up to the running one, records its output if needed, and returns it. */
  const record = (output: () => Output): ExecutedCell => {
    const running = findRunning();
    printCellsThrough(running);
    if (save !== undefined) executed[running].outputs.push(output());
    return executed[running];
  };

  const hasFailed = () => process.exitCode === 2;
  // Not on 'exit': after process.exit() or an error, the remaining cells have not run.
  process.once('beforeExit', () => {
    if (!hasFailed()) printCellsThrough(cells.length - 1);
  });
  let crashed = false;
  process.once('uncaughtExceptionMonitor', () => {
    crashed = true;
  });
  process.once('exit', () => {
    if (executed.length === 0 || crashed) return;
    print(`\nClaims: ${String(claims.held)} ✓, ${String(claims.failed)} ✗`);
    if (save === undefined || hasFailed()) return;
    try {
      saveRun(save, name, executed, environment());
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
      const { count } = record(() => ({ kind: 'value', text, html }));
      const prompt = styleText('red', `Out[${String(count)}]:`);
      print(`${prompt}${text.includes('\n') ? '\n' : ' '}${text}`);
    },
    answer(lines) {
      printCellsThrough(findRunning() - 1);
      print(`\n${lines.join('\n')}`);
      record(() => ({ kind: 'answer', lines }));
    },
    claim(sentence, condition) {
      const { holds, text } = evaluateClaim(sentence, condition);
      record(() => ({ kind: 'claim', holds, text }));
      claims[holds ? 'held' : 'failed']++;
      if (!holds) process.exitCode = 1;
      print(styleText(holds ? 'green' : 'red', text));
    },
    plot(title, chart) {
      record(() => ({ kind: 'chart', title, svg: render(title, chart) }));
      const path = save === undefined ? '--save draws it' : chartPath(save, name, ++charts);
      print(`Chart: ${title} (${printable(path)})`);
    },
  };
}

/** Loads what draws charts only here, because loading it takes as long as a short run. */
function render(title: string, chart: () => PlotOptions): string {
  const { renderChart } = createRequire(__filename)(
    './renderChart.ts',
  ) as typeof import('./renderChart.ts');
  return renderChart(title, chart());
}
