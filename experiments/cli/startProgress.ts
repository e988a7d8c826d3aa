import { Presets, SingleBar } from 'cli-progress';

/** Starts a progress bar on standard error, if that is a terminal; `stop` clears it. */
export function startProgress(steps: number): Pick<SingleBar, 'increment' | 'stop'> {
  const bar = new SingleBar({ clearOnComplete: true, linewrap: true }, Presets.shades_classic);
  bar.start(steps, 0);
  return bar;
}
