import { formatEntry } from '../util/formatEntry.ts';
import { assertArg, isRecord } from './check.ts';

/** What an optimizer's `applyGradients` gets, by names or as a list, as a list. Throws if it is neither. */
export function namedList(gradients: unknown): { name: string; tensor: unknown }[] {
  const rule = 'be gradients by the names of variables, or a list of {name, tensor}';
  if (!Array.isArray(gradients)) {
    assertArg(isRecord(gradients), 'gradients', rule, { value: gradients });
    return Object.entries(gradients).map(([name, tensor]) => ({ name, tensor: tensor as unknown })); // prettier-ignore
  }
  const wrong = gradients.findIndex((one) => !isRecord(one));
  if (wrong >= 0) {
    const got = formatEntry((gradients as unknown[])[wrong], wrong, [gradients.length]);
    assertArg(false, 'gradients', rule, got);
  }
  return gradients as { name: string; tensor: unknown }[];
}
