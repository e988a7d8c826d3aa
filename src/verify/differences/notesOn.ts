import type { CheckedInput } from './checkedInput.ts';
import type { ProbeReport } from './probeReport.ts';

/** What passes, but may not be meant: an input whose gradient is zero everywhere, or which does not matter. */
export function notesOn(inputs: CheckedInput[], reports: ProbeReport[]): string[] {
  return inputs
    .filter(({ x }, a) => x.size > 0 && reports[a].entries > 0 && reports[a].isZero)
    .map(({ name, index }) => {
      const note = `the gradient in ${name} is zero everywhere`;
      const { isConstant, steps } = reports[index];
      if (steps > 0) return `${note}: f is constant here, and jumps nearby`;
      return isConstant ? `${note}: ${name} has no influence on f here` : note;
    });
}
