import { acrossKinks } from './acrossKinks.ts';
import type { CheckedInput } from './checkedInput.ts';
import type { CheckedOutput } from './checkedOutputs.ts';
import type { Restriction } from './compareAlong.ts';
import type { GradientEntry, GradientReport } from './gradientReport.ts';
import { mergeReports } from './mergeReports.ts';
import { notSubgradient, type OutsideSlopes } from './notSubgradient.ts';

/** The entries of an input in which an output has a kink. */
export interface KinksOfOutput {
  output: CheckedOutput;
  entries: number[];
}

/**
 * The report on gradients at kinks, each entry of which lies between the slopes on both sides of it: those that are not
 * subgradients for all that count as failures. At the tie of a maximum, the entries of a subgradient add up to 1.
 */
export function subgradientReport(
  kinks: KinksOfOutput[],
  input: CheckedInput,
  { evaluate, y }: Restriction,
): GradientReport {
  const known = new Map<string, ReturnType<typeof acrossKinks>>();
  const reports = kinks.flatMap(({ output, entries }) => {
    if (entries.length < 2) return [];
    const key = entries.join();
    const directions = known.get(key) ?? acrossKinks(input, entries, evaluate, y);
    known.set(key, directions);
    const outside = notSubgradient(directions, entries, output, output.gradients[input.index]);
    const failed = { ...mergeReports([]), failures: 1 };
    return outside ? [{ ...failed, worst: failedEntry(outside, output, input) }] : [];
  });
  return mergeReports(reports);
}

function failedEntry(
  { title, slopes, analytic, ...found }: OutsideSlopes,
  output: CheckedOutput,
  input: CheckedInput,
): GradientEntry {
  const numeric = analytic < slopes[0] ? slopes[0] : slopes[1];
  const name = `∂${output.name} / ∂${input.name}, ${title}`;
  return {
    name,
    input: input.index,
    index: null,
    analytic,
    numeric,
    ...found,
    slopes,
    kink: null,
    isKinkNearby: false,
    jump: null,
  };
}
