import { addBlock } from './addBlock.ts';
import type { ChoiceGradient } from './Choice.ts';
import { realizedSelections } from './realizedSelections.ts';

const MAX_SELECTIONS = 1000;

/** The Bouligand subdifferential: the gradients of the selections that some direction makes, each once. */
export function limitsOfGradients({ fixed, choices }: ChoiceGradient): Float64Array[] {
  const selections = realizedSelections(choices, fixed.length, MAX_SELECTIONS);
  const gradients = selections.map((selection) => {
    const gradient = Float64Array.from(fixed);
    choices.forEach(({ vectors, slope }, c) => {
      for (const i of selection[c]) addBlock(gradient, vectors[i], slope);
    });
    return gradient;
  });
  return [...new Map(gradients.map((g) => [Float32Array.from(g).join(), g])).values()];
}
