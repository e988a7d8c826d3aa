import { SaveError } from './SaveError.ts';

/** Calls `act`, which writes `path`. @throws SaveError if it throws. */
export function trySaving<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof SaveError) throw error;
    throw new SaveError(`${path} cannot be written: ${(error as Error).message}`);
  }
}
