import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { backend, getBackend, Tensor, version_core } from '@tensorflow/tfjs-core';
import { callingLine } from './callingLine.ts';
import { formatTensor } from './formatTensor.ts';
import { judge, type Test } from './judge.ts';
import { parseCells } from './parseCells.ts';

export interface Notebook {
  /** Prints a value as the calling cell's output: tensors as PyTorch does, text as it is. */
  show: (value: unknown) => void;
  /** Prints ✓ or ✗, the statement, the figure and its bound. One ✗ makes the exit status 1. */
  claim: (statement: string, test: Test) => void;
}

/**
 * Prints a script in percent format as a notebook session while it runs: prose as text, the real
 * source of each cell as `In [n]:`, its outputs as `Out[n]:`. `show` and `claim` find their cell by
 * the line that calls them, so the script stays an ordinary script; a cell that calls neither is
 * printed with the next one that does, or at the end, where the claims are counted.
 *
 * @param filename the script's own path, `__filename`.
 */
export function notebook(filename: string): Notebook {
  const cells = parseCells(readFileSync(filename, 'utf8'));
  const claims = { held: 0, failed: 0 };
  let cellsPrinted = 0;
  let executionCount = 0;

  const print = (text: string) => process.stdout.write(`${text}\n`);

  const printCellsThrough = (last: number) => {
    if (cellsPrinted === 0) {
      backend(); // starts the default one, if none was chosen
      print(`Backend: ${getBackend()} (TensorFlow.js ${version_core})`);
    }
    for (; cellsPrinted <= last; cellsPrinted++) {
      const { kind, source } = cells[cellsPrinted];
      print('');
      print(kind === 'code' ? asInput(source, ++executionCount) : source.join('\n'));
    }
  };

  const reachCallingCell = () => {
    const line = callingLine(filename);
    printCellsThrough(cells.findIndex(({ lastLine }) => line <= lastLine));
  };

  // A script that ends by process.exit() has not run its remaining cells, so they are not printed.
  process.once('beforeExit', () => {
    printCellsThrough(cells.length - 1);
  });
  let crashed = false;
  process.once('uncaughtExceptionMonitor', () => {
    crashed = true;
  });
  process.once('exit', () => {
    if (cellsPrinted === 0 || crashed) return;
    print(`\nClaims: ${String(claims.held)} ✓, ${String(claims.failed)} ✗`);
  });

  return {
    show(value) {
      reachCallingCell();
      const text = asOutput(value);
      print(`Out[${String(executionCount)}]:${text.includes('\n') ? '\n' : ' '}${text}`);
    },
    claim(statement, test) {
      reachCallingCell();
      const { holds, figure } = judge(test);
      claims[holds ? 'held' : 'failed']++;
      if (!holds) process.exitCode = 1;
      print(`${holds ? '✓' : '✗'} ${statement}: ${figure}`);
    },
  };
}

function asInput(source: string[], count: number): string {
  const prompt = `In [${String(count)}]: `;
  const continuation = '...: '.padStart(prompt.length);
  return source.map((line, i) => ((i === 0 ? prompt : continuation) + line).trimEnd()).join('\n');
}

function asOutput(value: unknown): string {
  if (value instanceof Tensor) return formatTensor(value as Tensor);
  return typeof value === 'string' ? value : inspect(value);
}
