import type { Cell } from './parseCells.ts';

/** One output of a cell. */
export type Output =
  | { kind: 'value'; text: string; html: string | undefined }
  | { kind: 'answer'; lines: string[] }
  | { kind: 'claim'; text: string; holds: boolean }
  | { kind: 'chart'; title: string; svg: string };

/** A cell after it has run. */
export interface ExecutedCell extends Cell {
  /** The number of a code cell, from 1; null for markdown. */
  count: number | null;
  /** In the order in which they appeared. */
  outputs: Output[];
}
