/**
 * Runs what refuses some entries without saying where they are; if it throws, `explain` may throw an error that does.
 */
export function explained<T>(run: () => T, explain: () => void): T {
  try {
    return run();
  } catch (error) {
    explain();
    throw error;
  }
}
