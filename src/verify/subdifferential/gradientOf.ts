import { addBlock } from './addBlock.ts';
import type { Block, Choice, ChoiceGradient } from './Choice.ts';
import type { LinearExample } from './linearExamples.ts';

/**
 * The gradient of Σ φ over the selected entries of all examples, in a variable of this shape.
 *
 * @param vectorOf the gradient of one entry of y in that variable.
 * @param isApart whether each example depends on a part of the variable of its own.
 */
export function gradientOf(
  examples: LinearExample[],
  shape: number[],
  vectorOf: (example: number, entry: number) => Block,
  isApart: boolean,
): ChoiceGradient {
  const size = shape.reduce((a, b) => a * b, 1);
  const [fixed, scale] = [new Float64Array(size), new Float64Array(size)];
  const choices: Choice[] = [];
  examples.forEach(({ above, tied, remaining, slopes }, b) => {
    for (const [i, slope] of slopes) {
      const { offset, entries } = vectorOf(b, i);
      addBlock(scale, { offset, entries: entries.map(Math.abs) }, Math.abs(slope));
    }
    const vectors = tied.map((i) => vectorOf(b, i));
    const slope = slopes.get(tied[0]) ?? 0;
    const canMove = vectors.some(({ entries }) => entries.some((entry) => entry !== 0));
    const isChoice = remaining < tied.length && slope !== 0 && canMove;
    if (isChoice) choices.push({ vectors, remaining, slope });
    for (const i of isChoice ? above : slopes.keys()) {
      addBlock(fixed, vectorOf(b, i), slopes.get(i) ?? 0);
    }
  });
  // Where all slopes have one sign, the losses or their negatives are Clarke regular.
  const isSum = isApart || new Set(choices.map(({ slope }) => Math.sign(slope))).size <= 1;
  return { shape, fixed, choices, scale, isSum };
}
