import type thread from '../thread.json';

/** The inputs of the loss Σ topk(Wx)², checked. */
export interface Problem {
  /** n rows of d numbers; n and d are at least 1. */
  W: number[][];
  /** d numbers. */
  x: number[];
  /** An integer in [0, n]. */
  k: number;
  /** W and x as decimal texts, as they were typed: '0.1' is exactly 1/10, which the number 0.1 is not. */
  typed: { W: string[][]; x: string[] };
  /** The gradients that the thread prints; only for the thread's own W and x. */
  printed?: (typeof thread)['printed'];
}

/** The inputs as read from files; each part carries its location, for error messages. */
export interface UncheckedProblem {
  W: { location: string; rows: UncheckedRow[] };
  x: UncheckedRow;
  k: { location: string; value: unknown; typed: unknown };
}

export interface UncheckedRow {
  location: string;
  /** The location of entry j. */
  locationOf: (j: number) => string;
  entries: unknown[];
  /** The text of each entry that is a number. */
  typed: unknown[];
}
