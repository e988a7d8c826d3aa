import { Tensor, Variable } from '@tensorflow/tfjs-core';
import { formatValue } from '../util/formatValue.ts';
import { assertArg, isRecord } from './check.ts';

/** What `rowSparseGrads` takes as `variables`, by their names. */
export function checkVariables(
  variables: Variable[] | Record<string, Tensor>,
): Record<string, Tensor> {
  const rule = 'be a list of tf.Variables, or tensors by names';
  const isList = Array.isArray(variables);
  assertArg(isList || isRecord(variables), 'variables', rule, { value: variables });
  const entries = new Set(Object.values<unknown>(variables as Record<string, unknown>));
  const isTwice = entries.size < Object.keys(variables).length;
  for (const [key, value] of Object.entries<unknown>(variables as Record<string, unknown>)) {
    const isOne = isList ? value instanceof Variable : value instanceof Tensor;
    if (!isOne) assertArg(false, 'variables', rule, `${formatValue(value)} at [${key}]`);
    const { isDisposed, dtype } = value as Tensor;
    assertArg(!isDisposed, 'variables', 'not be disposed', 'a disposed one');
    assertArg(dtype === 'float32', 'variables', 'be float32', dtype);
  }
  assertArg(!isTwice, 'variables', 'be different tensors', 'one of them twice');
  return isList ? Object.fromEntries(variables.map((each) => [each.name, each])) : variables;
}
