import * as tf from '@tensorflow/tfjs';

/**
 * Times contenders that take turns. The fastest run of each counts, since what else the machine does can only slow it
 * down.
 *
 * @param contenders by name; the tensors that they make or return are disposed.
 * @param rounds the number of rounds that are timed, after a warm-up of as many, but at most 50.
 * @returns the time of each, in ms.
 */
export function raceRuns<Name extends string>(
  contenders: Record<Name, () => unknown>,
  rounds: number,
): Record<Name, number> {
  const entries = Object.entries<() => unknown>(contenders);
  const fastest = entries.map(() => Infinity);
  for (let round = -Math.min(rounds, 50); round < rounds; round++) {
    entries.forEach(([, run], i) => {
      const start = performance.now();
      tf.tidy(() => {
        run();
      });
      if (round >= 0) fastest[i] = Math.min(fastest[i], performance.now() - start);
    });
  }
  return Object.fromEntries(entries.map(([name], i) => [name, fastest[i]])) as Record<Name, number>;
}
