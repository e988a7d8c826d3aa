import { printable } from './printable.ts';

/** An error of the user's: reported in one line without a stack trace, with exit status 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(printable(message));
  }
}
