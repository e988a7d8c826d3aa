/** A file could not be written. The message starts with its path. */
export class SaveError extends Error {}
