/** What must hold on every backend. `run` throws if it does not. */
export interface Case {
  title: string;
  run: () => void | Promise<void>;
}
