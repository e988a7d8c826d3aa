import { Presets, SingleBar } from 'cli-progress';

/** A bar of so many steps on standard error, where that is a terminal; gone when it stops. */
export function startProgress(steps: number): Pick<SingleBar, 'increment' | 'stop'> {
  const bar = new SingleBar({ clearOnComplete: true, linewrap: true }, Presets.shades_classic);
  bar.start(steps, 0);
  return bar;
}
