/**
 * An error that does not name a function yet. Argument checks and kernels throw it; the public function that
 * was called puts its own name in front (see args/operation).
 */
export class OperationError extends Error {}
