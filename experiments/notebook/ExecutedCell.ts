import type { Cell } from './parseCells.ts';

/** What a cell showed, in the order in which it did. */
export type Output =
  | { kind: 'value'; text: string; html: string | undefined }
  | { kind: 'claim'; text: string; holds: boolean }
  | { kind: 'chart'; title: string; svg: string };

/** A cell of a script that has run. */
export interface ExecutedCell extends Cell {
  /** Of a cell of code its number, from 1. */
  count: number | null;
  outputs: Output[];
}
