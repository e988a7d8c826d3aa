/**
 * Milliseconds of each of several runs within so many seconds, after as many seconds to warm up: two runs
 * would not let V8 compile a call that takes microseconds. If one takes long, one is enough.
 */
export function timesOf(run: () => void, seconds: number): number[] {
  const timed = () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };
  if (timed() > 500) return [timed()];
  const within = 1000 * seconds;
  let last = timed();
  for (let spent = last; spent < within; spent += last) last = timed();
  const repeats = Math.min(10, Math.max(2, Math.floor(within / last)));
  return Array.from({ length: repeats }, timed);
}
