/** Milliseconds of each of several runs within so many seconds, after two (one, if slow) to warm up. */
export function timesOf(run: () => void, seconds: number): number[] {
  const timed = () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };
  if (timed() > 500) return [timed()];
  const repeats = Math.min(20, Math.max(2, Math.floor((1000 * seconds) / timed())));
  return Array.from({ length: repeats }, timed);
}
