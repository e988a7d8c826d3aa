import { printable } from '../cli/printable.ts';

/** A run could not be saved. The message is one line and starts with the path. */
export class SaveError extends Error {
  constructor(message: string) {
    super(printable(message));
  }
}
