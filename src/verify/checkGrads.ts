import { clone, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { assertArg, checkFunction } from '../args/check.ts';
import { operation } from '../args/operation.ts';
import { checkFinite } from '../args/checkEntries.ts';
import { toTensor } from '../args/toTensor.ts';
import { OperationError } from '../util/OperationError.ts';
import { checkedFunction, type CheckedFunction } from './differences/checkedFunction.ts';
import { checkedInput, type CheckedInput } from './differences/checkedInput.ts';
import { compareJacobian } from './differences/compareJacobian.ts';
import { failureMessage } from './differences/failureMessage.ts';
import type { GradientReport } from './differences/gradientReport.ts';
import { gradientsOf } from './differences/gradientsOf.ts';
import {
  gradSettings,
  type CheckGradsOptions,
  type GradSettings,
} from './differences/gradSettings.ts';
import { mergeReports } from './differences/mergeReports.ts';

export type { CheckGradsOptions, Distance } from './differences/gradSettings.ts';
export type { GradientEntry, GradientReport } from './differences/gradientReport.ts';

/**
 * Compares the gradient that tfjs computes for f with central differences,
 *
 *   D(h) = (f(x + h eⱼ) − f(x − h eⱼ)) / 2h,
 *
 * in float32. Order 1 checks the Jacobian of f: every output in every coordinate of every input, up to 1024
 * outputs, 8192 entries of an input, and 2²³ entries of the Jacobian. Beyond that it checks 32 random
 * combinations of neighbouring outputs, and 256 of neighbouring entries. They are seeded and cover every entry, but
 * a fault in a single entry is harder to see. Order 2 checks the gradient of every output in the same way, if these
 * gradients have up to 1024 entries in all, and otherwise the gradients of two random combinations of outputs.
 *
 * An entry passes if |analytic − numeric| ≤ atol + rtol · max(|analytic|, |numeric|), and a step of a sixteenth agrees
 * too: a large step may miss a feature of f. If it does not pass, the step is halved until two differences agree, and
 * their Richardson extrapolation decides, which cancels the leading truncation error. Where rounding blurs a slope,
 * steps up to 16 times as large are taken first. The rounding error of f is measured (Moré and Wild 2011) with all
 * inputs moving together, and again along each entry that does not agree, where f may also be rounded to a grid.
 *
 * In a slope below the rounding error no fault would show. The report counts such slopes in `belowNoise`, and it is an
 * error if all slopes in an input are below it. `uncertain` counts the slopes in which a fault of 1 % would not show.
 * `notes` say whether a gradient is zero everywhere.
 *
 * At a kink, such as a tie at top-k's threshold, the slopes on both sides differ, and a gradient between them is not
 * wrong. The report counts these entries in `kinks`, not in `failures`, but the check throws: a difference cannot
 * confirm such a gradient, even where the two agree. It sees a kink if the slopes differ by more than rtol of them,
 * and by more than the rounding of f explains: 8 √6 times its standard deviation over a 16th of the first step, which
 * is about 5e-4 f / x. A kink nearby counts only where rounding hides on which side of it the point is, or where kinks
 * on both sides, within 0.4 % of the entries, look like rounding. The entries of an input at a kink are then moved
 * together, in five directions: if the slope that the gradient promises is not among those of f, the gradient is not a
 * subgradient, which counts as a failure. Entries in which f jumps count in `kinks` as well. With `margin`, a step is
 * at most half the distance to the kink. If that is less than float32 needs, the point is refused.
 *
 * @param f takes as many tensors as there are inputs, and returns float32 of any shape. It must return the same
 *   values at each call. They are read synchronously. Order 1 evaluates f about 6 times for each entry of the
 *   inputs and 40 times besides, more where one does not agree, and order 2 evaluates the gradient of each output as
 *   often.
 * @param inputs float32 of any shapes, finite.
 * @param options `{order = 2, eps, atol, rtol = 1e-3, margin = Infinity}`; see `CheckGradsOptions`.
 * @returns how many entries were compared, and the one that came closest to its tolerance.
 * @throws if an entry fails, or f is not differentiable: an error that names the order and shows analytic and numeric
 *   one above the other, or the slopes or values on both sides, with the report as its `cause`. If only order 2 fails,
 *   it names the operations of f whose second derivative is wrong in tfjs. Also if f or its gradient differs from call
 *   to call, and if an argument is not as described.
 *
 * @example
 * const f = (W: tf.Tensor, x: tf.Tensor) => topk(tf.dot(W, x), 1).values.square().sum();
 * const report = checkGrads(f, [[[2, 1], [0, 1]], [1, 2]], {
 *   margin(W, x) {
 *     const { inW, inX } = selectionRadius(W, x, 1);
 *     return [inW, inX];
 *   },
 * });
 * report.failures; // 0
 *
 * @example
 * const f = (x: tf.Tensor) => x.mul(x.exp()); // tfjs's second derivative of exp is wrong
 * checkGrads(f, [[1]], { order: 1 }).failures; // 0
 * checkGrads(f, [[1]]); // throws checkGrads: order 2: gradient and central difference disagree in 1 of 1 entry…
 *
 * @example
 * const largest = (y: tf.Tensor) => topk(y, 1).values.sum();
 * checkGrads(largest, [[1, 1, 0]]); // throws checkGrads: f is not differentiable here: one-sided slopes 0 and 1…
 */
export function checkGrads<Inputs extends Tensor[]>(
  f: (...inputs: Inputs) => Tensor,
  inputs: { [I in keyof Inputs]: Inputs[I] | TensorLike },
  options: CheckGradsOptions<Inputs> = {},
): GradientReport {
  return operation('checkGrads', () => {
    checkFunction(f);
    const xs = toTensors(inputs);
    const settings = gradSettings(options, xs as Inputs);
    const checked = checkedFunction(f as (...xs: Tensor[]) => Tensor, xs);
    const points = xs.map((x, a) => checkedInput(x, a, settings.margins[a]));
    const reports = compareToOrder(1, checked, points, settings);
    const report = mergeReports(reports);
    const { failures, kinks, worst } = report;
    if (failures + kinks === 0 || worst === null) return report;
    const ofOrder = mergeReports(reports.filter(({ order }) => order === report.order));
    const failed = { ...report, worst, entries: ofOrder.entries };
    const message = failureMessage(failed, checked.kernels);
    throw new OperationError(message, { cause: report });
  });
}

/**
 * Compares the Jacobian of a function, of this order, and then those of its gradients: a report on each, up to a
 * failure.
 */
function compareToOrder(
  order: number,
  f: CheckedFunction,
  inputs: CheckedInput[],
  settings: GradSettings,
): GradientReport[] {
  const reports = [{ ...explainMissing(order, () => compareJacobian(f, inputs, settings)), order }];
  if (order === settings.order) return reports;
  for (const gradient of gradientsOf(f, inputs)) {
    if (reports.some(({ failures, kinks }) => failures + kinks > 0)) break;
    reports.push(...compareToOrder(order + 1, gradient, inputs, settings));
  }
  return reports;
}

/** Says of which order a gradient is that tfjs does not have. */
function explainMissing<T>(order: number, compare: () => T): T {
  try {
    return compare();
  } catch (error) {
    const missing = /gradient function not found for (\w+)/.exec(String(error));
    if (missing === null) throw error;
    const what = order === 1 ? 'f uses' : 'the gradient of f uses';
    const advice = order === 1 ? '' : '; order 1 agrees, and { order: 1 } checks only that';
    throw new OperationError(
      `order ${String(order)}: tfjs has no gradient of ${missing[1]}, which ${what}${advice}`,
      { cause: error },
    );
  }
}

/** The inputs as separate tensors: for the same tensor given twice, tfjs would sum the gradients. */
function toTensors(inputs: (Tensor | TensorLike)[]): Tensor[] {
  const got = Array.isArray(inputs) ? 'none' : { value: inputs };
  const isFilled = Array.isArray(inputs) && inputs.length > 0;
  assertArg(isFilled, 'inputs', 'be an array of tensors or array-likes', got);
  return inputs.map((input, a) => {
    const name = `inputs[${String(a)}]`;
    const x = clone(toTensor(input, name, 'float32'));
    checkFinite(x.dataSync<'float32'>(), x.shape, name);
    return x;
  });
}
