/**
 * Times several runs, in ms, within a budget of `seconds` after a warm-up of the same length; V8
 * does not compile a call of microseconds within one or two runs. A run longer than 0.5 s is timed
 * only once.
 *
 * @param maxRuns the maximum number of timed runs.
 */
export function timeRuns(run: () => void, seconds: number, maxRuns = 10): number[] {
  const timed = () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };
  if (timed() > 500) return [timed()];
  const budget = 1000 * seconds;
  let [spent, runs] = [0, 0];
  for (; runs === 0 || spent < budget; runs++) spent += timed();
  const repeats = Math.min(maxRuns, Math.max(3, Math.floor((budget * runs) / spent)));
  return Array.from({ length: repeats }, timed);
}
