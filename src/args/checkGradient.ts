import { engine, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { assertArg, checkShape } from './check.ts';

export const gradientOf = (name: string) => `the gradient of ${name}`;

/**
 * The variable of that name. Throws unless there is one, and the gradient is of its shape and float32.
 *
 * @param parts the tensors that the gradient is made of.
 */
export function checkGradient(
  name: string,
  gradient: { shape: number[] },
  parts: Tensor | Tensor[],
): Variable {
  const W = new Map(Object.entries(engine().registeredVariables)).get(name);
  assertArg(W !== undefined, 'gradients', 'be named after variables', { value: name });
  const tensors = [parts].flat();
  const isAlive = [W, ...tensors].every((t) => !t.isDisposed);
  assertArg(isAlive, gradientOf(name), 'not be disposed, nor its variable', 'a disposed one');
  checkShape(gradient, W.shape, gradientOf(name));
  assertArg(W.dtype === 'float32', `the variable ${name}`, 'be float32', W.dtype);
  if (!Array.isArray(parts)) {
    assertArg(parts.dtype === 'float32', gradientOf(name), 'be float32', parts.dtype);
  }
  return W;
}
