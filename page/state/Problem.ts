/** The numbers of the loss Σ topk(Wx)², as decimal texts: '0.1' is exactly 1/10. */
export interface Problem {
  /** n rows of d entries; n and d are in [1, MAX_LENGTH]. */
  W: string[][];
  /** d entries. */
  x: string[];
  /** An integer in [0, n]. */
  k: number;
}

/** The most rows, and the most columns, that the page shows. */
export const MAX_LENGTH = 12;

/** The place of one number: an entry of W, or, without a row, of x. */
export interface Place {
  row?: number;
  column: number;
}

export const numbersOf = ({ W, x, k }: Problem) => ({
  W: W.map((row) => row.map(Number)),
  x: x.map(Number),
  k,
});
