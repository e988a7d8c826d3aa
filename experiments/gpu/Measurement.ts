/** Top-k of `[rows, n]`, as it is asked for. */
export interface GpuTask {
  rows: number;
  n: number;
  k: number;
}

/** What one run of the page, or of Node, finds on a backend. Times are medians in ms. */
export interface Measurement extends GpuTask {
  backend: string;
  stock: number;
  ours: number;
  /** By the device's own clock, where its adapter has timestamp queries. */
  kernel?: number;
  upload: number;
  readBack: number;
  /** Of topk, on webgpu: programs, numbers that the selections read, and reads by the processor. */
  dispatches: number;
  numbersRead: number;
  reads: number;
  /** Entries of the values that differ from stock's. */
  different: number;
}

/** Times of a gradient on webgl, in ms. */
export interface LinearTimes {
  topkLinear: number;
  throughTopk: number;
}

export interface GpuReport {
  adapter: string;
  isSoftware: boolean;
  measurements: Measurement[];
  linear: LinearTimes;
}
