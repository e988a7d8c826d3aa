import { Variable } from '@tensorflow/tfjs-core';
import { assertArg, checkShape } from './check.ts';

/** Throws unless it is a float32 tf.Variable of this shape. */
export function checkVariable(variable: unknown, shape: number[]): void {
  const isVariable = variable instanceof Variable;
  assertArg(isVariable, 'variable', 'be a tf.Variable', { value: variable });
  assertArg(!variable.isDisposed, 'variable', 'not be disposed', 'a disposed one');
  checkShape(variable, shape, 'variable');
  assertArg(variable.dtype === 'float32', 'variable', 'be float32', variable.dtype);
}
