import { Tensor, Variable } from '@tensorflow/tfjs-core';
import { assertArg } from './check.ts';

/** What `rowSparseGrads` takes as `variables`, by their names. */
export function checkVariables(
  variables: Variable[] | Record<string, Tensor>,
): Record<string, Tensor> {
  const rule = 'be a list of tf.Variables, or tensors by names';
  const isObject = typeof (variables as unknown) === 'object' && (variables as unknown) !== null;
  assertArg(isObject, 'variables', rule, { value: variables });
  const isList = Array.isArray(variables);
  const list: unknown[] = isList ? variables : Object.values(variables);
  for (const value of list) {
    const isOne = isList ? value instanceof Variable : value instanceof Tensor;
    assertArg(isOne, 'variables', rule, { value });
    const { isDisposed, dtype } = value as Tensor;
    assertArg(!isDisposed, 'variables', 'not be disposed', 'a disposed one');
    assertArg(dtype === 'float32', 'variables', 'be float32', dtype);
  }
  return isList ? Object.fromEntries(variables.map((each) => [each.name, each])) : variables;
}
