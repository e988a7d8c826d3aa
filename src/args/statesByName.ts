import { Tensor, util } from '@tensorflow/tfjs-core';
import { formatShape } from '../util/formatShape.ts';
import { assertArg } from './check.ts';

/**
 * What an optimizer keeps of each variable, in the order of `stateNames`: of the weights that its `getWeights`
 * returned, the number of steps and then tensors with names such as 'W/m'.
 *
 * @throws unless the number of steps is a scalar, each variable has all of them, float32 and of one shape, and there is
 *   nothing else.
 */
export function statesByName(weights: unknown, stateNames: string[]): Map<string, Tensor[]> {
  const isEmpty = Array.isArray(weights) && weights.length === 0;
  const got = isEmpty ? 'an empty list' : { value: weights };
  const isFilled = Array.isArray(weights) && !isEmpty;
  assertArg(isFilled, 'weights', 'be a list as getWeights returns it', got);
  const tensors = new Map((weights as unknown[]).map(checkEntry));
  const [[iter, steps], ...others] = tensors;
  assertArg(iter === 'iter', 'weights', "start with 'iter', the number of steps", { value: iter });
  assertArg(steps.size === 1, 'weights', "have a scalar as 'iter'", steps);

  const list = stateNames.join(' and ');
  const rule = list === '' ? 'have no states of variables' : `have ${list} for each variable`;
  const states = new Map<string, Tensor[]>();
  for (const [name] of others) {
    const [of, state] = splitLast(name);
    assertArg(stateNames.includes(state), 'weights', rule, { value: name });
    const found = stateNames.map((state) => tensors.get(`${of}/${state}`));
    assertArg(!found.includes(undefined), 'weights', rule, `only ${state} for ${of}`);
    states.set(of, checkAlike(found as Tensor[], of));
  }
  return states;
}

function checkEntry(entry: unknown): [string, Tensor] {
  const { name, tensor } = (entry ?? {}) as { name?: unknown; tensor?: unknown };
  const isNamed = typeof name === 'string' && tensor instanceof Tensor;
  assertArg(isNamed, 'weights', 'be a list of {name, tensor}', { value: entry });
  assertArg(!tensor.isDisposed, 'weights', 'not be disposed', `a disposed ${name}`);
  return [name, tensor as Tensor];
}

function checkAlike(states: Tensor[], of: string): Tensor[] {
  const [{ shape }] = states;
  for (const state of states) {
    const { dtype } = state;
    assertArg(dtype === 'float32', 'weights', 'be float32', `${dtype} for ${of}`);
    const shapes = `${formatShape(shape)} and ${formatShape(state.shape)} for ${of}`;
    const rule = 'be of one shape for each variable';
    assertArg(util.arraysEqual(state.shape, shape), 'weights', rule, shapes);
  }
  return states;
}

/** 'W/m' as 'W' and 'm'. */
function splitLast(name: string): [string, string] {
  const at = name.lastIndexOf('/');
  return [name.slice(0, Math.max(at, 0)), name.slice(at + 1)];
}
