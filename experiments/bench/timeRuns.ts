/**
 * Milliseconds of each of several runs within so many seconds, after as many seconds to warm up: two runs
 * would not let V8 compile a call that takes microseconds. If one takes long, one is enough.
 *
 * @param most runs that are timed.
 */
export function timeRuns(run: () => void, seconds: number, most = 10): number[] {
  const timed = () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };
  if (timed() > 500) return [timed()];
  const within = 1000 * seconds;
  let [spent, runs] = [0, 0];
  for (; runs === 0 || spent < within; runs++) spent += timed();
  const repeats = Math.min(most, Math.max(3, Math.floor((within * runs) / spent)));
  return Array.from({ length: repeats }, timed);
}
