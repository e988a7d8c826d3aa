import { clone, reshape, tidy, util, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { formatValue } from '../util/formatValue.ts';
import { named } from '../args/operation.ts';
import { toTensor } from '../args/toTensor.ts';
import { formatShape } from '../util/formatShape.ts';
import { assertArg, checkFunction } from '../args/check.ts';
import { checkOutput } from '../args/checkOutput.ts';
import {
  compareWithDifferences,
  type Differentiated,
} from './differences/compareWithDifferences.ts';
import { gradientsOf } from './differences/gradientsOf.ts';
import type { GradientReport } from './differences/gradientReport.ts';
import { gradSettings, type CheckGradsOptions } from './differences/gradSettings.ts';
import { nameOfEntry } from './differences/nameOfEntry.ts';

/**
 * Compares the gradient that tfjs finds for f with central differences,
 *
 *   D(h) = (f(x + h eⱼ) − f(x − h eⱼ)) / 2h,
 *
 * in float32: every vector–Jacobian product in every coordinate of every input, up to 1024 outputs,
 * 8192 entries of an input, and 2²³ of the Jacobian. Of more outputs it takes 32, and of more entries
 * 256 probes: random ones of neighbours, seeded, which together take in all of them; a fault in
 * one of them shows less there. Order 2 does the same for the gradient of every output, while these
 * together have up to 1024 entries, else for those of two probes.
 *
 * An entry passes if |analytic − numeric| ≤ atol + rtol · max(|analytic|, |numeric|). If it does not,
 * the step is halved until two differences agree, and their extrapolation decides, which takes out
 * the curvature that makes a difference err. The rounding of f is measured (Moré and Wild 2011), for
 * which all inputs move together. A slope below it is hidden: no fault would show. The report counts
 * these, and it is an error if all slopes in one input are.
 *
 * Across a kink, such as a tie at the cut of top-k, a difference is no gradient. With `margin` a
 * step is at most half of the distance to it; where that is less than float32 needs, the point is
 * refused.
 *
 * @param f takes as many tensors as there are inputs; returns float32 of any shape, at each call
 *   the same. It is read synchronously. Order 1 evaluates it about twice for each entry of the
 *   inputs, and order 2 the gradient of each of its outputs as often.
 * @param inputs float32 of any shapes, finite.
 * @returns how many entries were compared, and the one nearest to its tolerance.
 * @throws an error that shows analytic and numeric side by side, with the report as its `cause`, if
 *   an entry fails; and if an argument is not as said above.
 *
 * @example
 * checkGrads((W, x) => topk(tf.dot(W, x), k).values.square().sum(), [W, x], {
 *   margin(W, x) {
 *     const { inW, inX } = selectionRadius(W, x, k);
 *     return [inW, inX];
 *   },
 * });
 */
export function checkGrads<Inputs extends Tensor[]>(
  f: (...inputs: Inputs) => Tensor,
  inputs: { [I in keyof Inputs]: Inputs[I] | TensorLike },
  options: CheckGradsOptions<Inputs> = {},
): GradientReport {
  const report = { entries: 0, failures: 0, hidden: 0, isSampled: false, worst: null };
  named('checkGrads', () =>
    tidy(() => {
      checkFunction(f);
      const xs = checkInputs(inputs);
      const settings = gradSettings(options, xs as Inputs);
      const call = (...xs: Tensor[]) => checkOutput(f(...(xs as Inputs)));
      const { shape, size } = tidy(() => call(...xs));
      const order1: Differentiated = {
        f(...xs) {
          const y = call(...xs);
          const shapes = `${formatShape(shape)} and ${formatShape(y.shape)}`;
          const isSame = util.arraysEqual(y.shape, shape);
          assertArg(isSame, 'f', 'return the same shape at each call', shapes);
          return reshape(y, [-1]);
        },
        title: 'f',
        refusesHidden: true,
        nameOf: (output) => nameOfEntry('f', output, shape),
      };
      for (const each of [order1, ...(settings.order === 2 ? gradientsOf(order1, size, xs) : [])]) {
        if (report.failures === 0) compareWithDifferences(each, xs, settings, report);
      }
    }),
  );
  checkReport(report);
  return report;
}

/** The inputs as tensors, each its own: for one that is given twice tfjs would sum the gradients. */
function checkInputs(inputs: (Tensor | TensorLike)[]): Tensor[] {
  const got = Array.isArray(inputs) ? 'none' : formatValue(inputs);
  const holds = Array.isArray(inputs) && inputs.length > 0;
  assertArg(holds, 'inputs', 'be an array of tensors or array-likes', got);
  return inputs.map((input, a) => {
    const name = `inputs[${String(a)}]`;
    const x = clone(toTensor(input, name, 'float32'));
    const wrong = x.dataSync().find((entry) => !Number.isFinite(entry));
    assertArg(wrong === undefined, name, 'be finite', String(wrong));
    return x;
  });
}

/** Throws if an entry has failed, with gradient and difference one above the other. */
function checkReport(report: GradientReport): void {
  if (report.failures === 0 || report.worst === null) return;
  const { name, analytic, numeric, error, tolerance, step, rounding } = report.worst;
  const short = (value: number) => String(Number(value.toPrecision(6)));
  const lines = [
    `checkGrads: gradient and central difference disagree in ${String(report.failures)} of ` +
      `${String(report.entries)} entries, most in ${name}:`,
    `  analytic   ${short(analytic)}`,
    `  numeric    ${short(numeric)}   (step ${short(step)})`,
    `  error      ${short(error)}   (tolerance ${short(tolerance)}, expected rounding ${short(rounding)})`,
    '  If f is not smooth within the step, give margin, or eps.',
  ];
  throw new Error(lines.join('\n'), { cause: report });
}
