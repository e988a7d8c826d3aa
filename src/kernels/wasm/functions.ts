/** The functions of assembly/selection.ts. Every address is one in the memory that the module was given. */
export interface SelectionFunctions {
  /** A global variable: what the next sample depends on. No result does. */
  seed: { value: number };
  scratchWords: (n: number, k: number) => number;
  topk: (
    x: number,
    rows: number,
    n: number,
    k: number,
    isFloat: boolean,
    largest: boolean,
    sorted: boolean,
    values: number,
    indices: number,
    scratch: number,
  ) => void;
  firstOutside: (indices: number, size: number, n: number) => number;
  takeAlongAxis: (
    x: number,
    indices: number,
    values: number,
    B: number,
    n: number,
    k: number,
    S: number,
    C: number,
  ) => void;
  putAlongAxis: (
    values: number,
    indices: number,
    sums: number,
    isFloat: boolean,
    B: number,
    n: number,
    k: number,
    S: number,
    C: number,
  ) => void;
  /** `scratch` holds 2n words. */
  orderStatistic: (
    x: number,
    rows: number,
    n: number,
    rank: number,
    indices: number,
    stride: number,
    scratch: number,
  ) => void;
}

/** The functions of assembly/linear.ts. */
export interface LinearFunctions {
  dots: (W: number, x: number, y: number, n: number, d: number, m: number, scratch: number) => void;
  rowProducts: (
    W: number,
    indices: number,
    x: number,
    y: number,
    d: number,
    k: number,
    m: number,
  ) => void;
  weightedRows: (
    W: number,
    indices: number,
    coefficients: number,
    sums: number,
    d: number,
    k: number,
    m: number,
  ) => void;
  addMultiple: (sum: number, coefficient: number, x: number, d: number) => void;
  adam: (
    w: number,
    m: number,
    v: number,
    g: number,
    size: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    rate: number,
    scale: number,
    epsilon: number,
  ) => void;
}
