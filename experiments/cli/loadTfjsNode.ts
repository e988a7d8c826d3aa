import { createRequire } from 'node:module';
import util from 'node:util';

/** Loads @tensorflow/tfjs-node, which registers the backend tensorflow. @throws if it cannot be. */
export function loadTfjsNode(): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'; // TensorFlow's own log: errors only
  // It still calls a function that Node 23 took out.
  const older = util as { isNullOrUndefined?: (value: unknown) => boolean };
  older.isNullOrUndefined ??= (value) => value === null || value === undefined;
  createRequire(__filename)('@tensorflow/tfjs-node');
}
