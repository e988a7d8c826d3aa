/** What the person at the command line got wrong: one line without a stack, and exit status 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message.replace(/\s+/g, ' '));
  }
}
