import { assertArg } from './check.ts';

/** What an optimizer's `applyGradients` gets, by names or as a list, as a list. Throws if it is neither. */
export function namedList(gradients: unknown): { name: string; tensor: unknown }[] {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null;
  const rule = 'be gradients by the names of variables, or a list of {name, tensor}';
  assertArg(isObject(gradients), 'gradients', rule, { value: gradients });
  if (!Array.isArray(gradients)) {
    return Object.entries(gradients).map(([name, tensor]) => ({ name, tensor: tensor as unknown })); // prettier-ignore
  }
  const wrong = gradients.findIndex((one) => !isObject(one));
  assertArg(wrong < 0, 'gradients', rule, { value: (gradients as unknown[])[wrong] });
  return gradients as { name: string; tensor: unknown }[];
}
