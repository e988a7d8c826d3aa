/**
 * An error that does not name a function yet. Argument checks and kernels throw it; the public function that
 * was called puts its own name in front (see args/operation).
 */
export class OperationError extends Error {
  /**
   * The error for a caller: "topk: k must be an integer in [0, 3], got 5". This one is its cause, unless it has a cause
   * itself.
   */
  namedBy(operation: string): Error {
    return new Error(`${operation}: ${this.message}`, { cause: this.cause ?? this });
  }
}
