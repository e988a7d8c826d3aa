import { assertArg } from '../../args/check.ts';
import { OperationError } from '../../util/OperationError.ts';
import { tidyValue } from '../../util/tidyValue.ts';
import type { CheckedFunction } from './checkedFunction.ts';
import { movedTo, type CheckedInput } from './checkedInput.ts';
import { checkedOutputs } from './checkedOutputs.ts';
import { compareInput } from './compareInput.ts';
import { usesSteps } from './flatEntry.ts';
import type { GradientReport } from './gradientReport.ts';
import type { GradSettings } from './gradSettings.ts';
import { mergeReports } from './mergeReports.ts';
import { outputNoise } from './outputNoise.ts';
import type { ProbeReport } from './probeReport.ts';

/** How much a value may change from call to call, relative to the largest value. */
const MAX_CHANGE = 1e-3;

/** Compares the Jacobian of a function by reverse mode with central differences. */
export function compareJacobian(
  f: CheckedFunction,
  inputs: CheckedInput[],
  settings: GradSettings,
): GradientReport {
  /** f at the inputs, some of which are moved to other points. */
  const evaluate = (points: (Float32Array | undefined)[]) =>
    tidyValue(() => new Float32Array(f.call(...movedTo(points, inputs)).dataSync()));

  const y = evaluate([]);
  checkValues(y, evaluate([]), f.title);
  const outputs = checkedOutputs(f, inputs, outputNoise(evaluate, inputs, y));
  const reports = inputs.map((input) => {
    const evaluateAt = (point: Float32Array) =>
      evaluate(inputs.map((other) => (other === input ? point : undefined)));
    const moved = { y, evaluate: evaluateAt, title: f.title, usesSteps: usesSteps(f.kernels) };
    return compareInput(input, outputs, moved, settings);
  });

  const report = {
    ...mergeReports(reports),
    notes: f.mayBeConstant ? [] : notesOn(inputs, reports),
  };
  const invisible = inputs.filter((_, a) => !reports[a].isVisible && reports[a].belowNoise > 0);
  const isAccepted =
    f.mayBeConstant || report.failures + report.kinks > 0 || settings.atol !== undefined;
  if (invisible.length > 0 && !isAccepted) {
    const names = invisible.map(({ name }) => name).join(', ');
    throw new OperationError(
      `every slope of f in ${names} is below the rounding error of f, so no fault would show; ` +
        'set a larger eps, or an atol to accept this',
    );
  }
  return report;
}

function checkValues(y: Float32Array, again: Float32Array, title: string): void {
  const wrong = y.find((value) => !Number.isFinite(value));
  assertArg(wrong === undefined, title, 'be finite at the inputs', String(wrong));
  const largest = y.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const o = y.findIndex((value, o) => !(Math.abs(value - again[o]) <= MAX_CHANGE * largest));
  const values = `${String(y[o])} and ${String(again[o])}`;
  assertArg(o < 0, 'f', 'return the same values at each call', values);
}

/** What passes, but may not be meant: an input whose gradient is zero everywhere, or which does not matter. */
function notesOn(inputs: CheckedInput[], reports: ProbeReport[]): string[] {
  return inputs
    .filter(({ x }, a) => x.size > 0 && reports[a].entries > 0 && reports[a].isZero)
    .map(({ name, index }) => {
      const note = `the gradient in ${name} is zero everywhere`;
      const { isConstant, steps } = reports[index];
      if (steps > 0) return `${note}: f is constant here, and jumps nearby`;
      return isConstant ? `${note}: ${name} has no influence on f here` : note;
    });
}
