import { addBlock } from './addBlock.ts';
import type { ChoiceGradient } from './Choice.ts';
import { dot } from './dot.ts';
import { limitsOfGradients } from './limitsOfGradients.ts';

/** For a direction u, an element g of the Clarke subdifferential with the least ⟨u, g⟩. */
export function lowestElement(gradient: ChoiceGradient): (u: Float64Array) => Float64Array {
  if (gradient.isSum) return (u) => lowestOfSum(gradient, u);
  const limits = limitsOfGradients(gradient);
  return (u) => limits.reduce((best, g) => (dot(u, g) < dot(u, best) ? g : best));
}

/** In each choice the r entries with the least φ′(τ) ⟨u, vᵢ⟩. */
function lowestOfSum({ fixed, choices }: ChoiceGradient, u: Float64Array): Float64Array {
  const g = Float64Array.from(fixed);
  for (const { vectors, remaining, slope } of choices) {
    const heights = vectors.map(({ offset, entries }) => slope * dot(entries, u.subarray(offset)));
    const order = Array.from(vectors.keys()).sort((i, j) => heights[i] - heights[j]);
    for (const i of order.slice(0, remaining)) addBlock(g, vectors[i], slope);
  }
  return g;
}
