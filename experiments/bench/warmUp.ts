/** Runs for `seconds`, and at least once. V8 compiles a call of microseconds only after thousands of them. */
export function warmUp(run: () => void, seconds: number): void {
  const end = performance.now() + 1000 * seconds;
  do run();
  while (performance.now() < end);
}
