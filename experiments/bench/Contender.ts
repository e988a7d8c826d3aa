/** One way to do a task, timed with its backend current. */
export interface Contender {
  name: string;
  backend: string;
  run: () => void;
  /** Computes the result, which `Samples.compare` compares with the other contenders'. */
  find?: () => number[];
}
