import { addBlock } from './addBlock.ts';
import type { ChoiceGradient } from './Choice.ts';

/** The element that gives each tied entry of an example the same share, r / |T|. docs/ties.md proves that it is one. */
export function evenElement({ fixed, choices }: ChoiceGradient): Float64Array {
  const g = Float64Array.from(fixed);
  for (const { vectors, remaining, slope } of choices) {
    for (const v of vectors) addBlock(g, v, (slope * remaining) / vectors.length);
  }
  return g;
}
