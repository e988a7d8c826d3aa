export type Order =
  'random' | 'ascending' | 'equal' | 'few distinct' | 'against a sample' | 'a quarter NaN';
export type Dtype = 'float32' | 'int32';

/** One computation to time, here and in the peers. */
export interface Task {
  /** Describes the task, and identifies it. */
  id: string;
  work: 'topk' | 'gradient';
  /** For topk, the number of input rows; for a gradient, the batch size, or 0 for a vector x. */
  rows: number;
  n: number;
  /** For a gradient, the number of columns of W. */
  d: number;
  k: number;
  order: Order;
  dtype: Dtype;
  /** False selects the k smallest. */
  largest: boolean;
}
