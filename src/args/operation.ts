import { tidy } from '@tensorflow/tfjs-core';
import { OperationError } from '../util/OperationError.ts';

/** Runs the body of the public function `name`, and disposes the intermediate tensors; names its errors. */
export function operation<T extends object>(name: string, body: () => T): T {
  return named(name, () => tidy(body as () => TidyResult) as T);
}

/**
 * Runs part of the public function `name`. An error of an argument check or a kernel gets the function's name:
 * "topk: k must be an integer in [0, 3], got 5".
 */
export function named<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof OperationError ? error.namedBy(name) : error;
  }
}

/** tidy takes any object, but its type allows no interface. */
type TidyResult = Record<string, never>;
