import { createRequire } from 'node:module';
import util from 'node:util';

/** Loads @tensorflow/tfjs-node, which registers the backend tensorflow. @throws if that fails. */
export function loadTfjsNode(): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'; // TensorFlow logs errors only
  // tfjs-node calls util.isNullOrUndefined, which Node 23 removed.
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  createRequire(__filename)('@tensorflow/tfjs-node');
}
