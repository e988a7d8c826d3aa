import { concat, reshape, tensor, tidy, util, type Tensor } from '@tensorflow/tfjs-core';
import type { TensorLike } from '@tensorflow/tfjs-core';
import { shown } from '../shown.ts';
import { toTensor } from '../toTensor.ts';
import { checkOutput } from './checkOutput.ts';
import { combinations } from './combinations.ts';
import type { Combination } from './combine.ts';
import { compareWithDifferences, EVERY_OUTPUT } from './compareWithDifferences.ts';
import type { Differentiated, Settings } from './compareWithDifferences.ts';
import type { GradientEntry, GradientReport } from './gradientReport.ts';
import { nameOfEntry } from './nameOfEntry.ts';
import { vjp } from './vjp.ts';

type Distance = number | number[];

export interface CheckGradsOptions<Inputs extends Tensor[] = Tensor[]> {
  /** 1 checks the gradient; 2, the default, its own gradient, too. */
  order?: 1 | 2;
  /** The step h, in the unit of the inputs. By default ∛2⁻²³ = 0.0049 of the entry's size. */
  eps?: number;
  /** By default 8 times the error that rounding is expected to cause in the entry. */
  atol?: number;
  /** By default 1e-3. */
  rtol?: number;
  /**
   * A distance within which f is smooth, in the Euclidean norm of one input: a number for all
   * inputs, one for each, or a function of the inputs that returns either.
   */
  margin?: Distance | ((...inputs: Inputs) => Distance);
}

/**
 * Compares the gradient that tfjs finds for f with central differences,
 *
 *   (f(x + h eⱼ) − f(x − h eⱼ)) / 2h,
 *
 * in float32: every vector–Jacobian product in every coordinate of every input, up to 1024 outputs
 * and 8192 entries of an input; beyond that, 16 seeded random combinations. Order 2 compares the
 * gradient of each output with its own differences, while all of these gradients together have up
 * to 1024 entries; beyond that, the gradient of one random combination of the outputs.
 *
 * An entry passes if |analytic − numeric| ≤ atol + rtol · max(|analytic|, |numeric|). One that does
 * not is looked at again with half the step, and Richardson's extrapolation of both, which takes
 * out the curvature of f that makes a central difference err. The rounding of f is measured (Moré
 * and Wild 2011). Where it hides every slope, no fault could be seen, and that is an error, too.
 *
 * Across a kink, such as a tie at the cut of top-k, a difference is no gradient. With `margin` a
 * step is at most half of the distance to it; where that is less than float32 needs, the point is
 * refused.
 *
 * @param f takes as many tensors as there are inputs; returns float32 of any shape, at each call
 *   the same. It is evaluated about twice for each entry of the inputs, and read synchronously.
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
  const total: GradientReport = { entries: 0, failures: 0, worst: null };
  tidy(() => {
    const xs = checkInputs(inputs);
    const { order, ...settings } = checkOptions(options, xs as Inputs);
    const call = (...xs: Tensor[]) => checkOutput(f(...(xs as Inputs)), 'checkGrads');
    const { shape, size } = tidy(() => call(...xs));
    const flat = (...xs: Tensor[]) => {
      const y = call(...xs);
      if (util.arraysEqual(y.shape, shape)) return reshape(y, [-1]);
      const shapes = `[${String(shape)}] and [${String(y.shape)}]`;
      throw new Error(`checkGrads: f must return the same shape at each call, got ${shapes}`);
    };

    const order1 = {
      f: flat,
      title: 'f',
      nameOf: (output: Combination) => nameOfEntry('f', output, shape),
    };
    for (const target of [order1, ...(order === 2 ? gradientsOf(order1, size, xs) : [])]) {
      const report = compareWithDifferences(target, xs, settings);
      if (report.failures > 0 && report.worst) throw disagreement(report, report.worst);
      total.entries += report.entries;
      if (share(report.worst) >= share(total.worst)) total.worst = report.worst;
    }
  });
  return total;
}

/** The gradient of each output as a function of the inputs, flat; or of one combination of them. */
function gradientsOf({ f, nameOf }: Differentiated, size: number, xs: Tensor[]): Differentiated[] {
  const places = xs.flatMap((x, a) =>
    Array.from({ length: x.size }, (_, at) => ({ name: `inputs[${String(a)}]`, at, x })),
  );
  const nameOfPlace = (entry: Combination) => {
    if ('weights' in entry) return 'a random combination of inputs';
    const { name, at, x } = places[entry.at];
    return nameOfEntry(name, { at }, x.shape);
  };
  const every = Math.floor(EVERY_OUTPUT / Math.max(1, places.length));
  return combinations(size, every, 1).map((output) => {
    const c = new Float32Array(size);
    if ('at' in output) c[output.at] = 1;
    else c.set(output.weights);
    return {
      f: (...xs) => concat(vjp(f, xs, tensor(c)).map((row) => reshape(row, [-1]))),
      title: `the gradient of ${nameOf(output)}`,
      nameOf: (entry) => `(∂${nameOf(output)} / ∂${nameOfPlace(entry)})`,
    };
  });
}

function checkInputs(inputs: (Tensor | TensorLike)[]): Tensor[] {
  if (!Array.isArray(inputs) || inputs.length === 0) {
    const got = Array.isArray(inputs) ? 'none' : shown(inputs);
    throw new Error(`checkGrads: inputs must be an array of tensors or array-likes, got ${got}`);
  }
  return inputs.map((input, a) => {
    const name = `inputs[${String(a)}]`;
    const x = toTensor(input, name, 'checkGrads', 'float32');
    const wrong = x.dataSync().find((entry) => !Number.isFinite(entry));
    if (wrong === undefined) return x;
    throw new Error(`checkGrads: ${name} must be finite, got ${String(wrong)}`);
  });
}

function checkOptions<Inputs extends Tensor[]>(
  options: CheckGradsOptions<Inputs>,
  xs: Inputs,
): Settings & { order: 1 | 2 } {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new Error(`checkGrads: options must be an object, got ${shown(options)}`);
  }
  const { order = 2, eps, atol, rtol = 1e-3, margin = Infinity } = options;
  const check = (name: string, value: unknown, rule: string, holds: boolean) => {
    if (!holds) throw new Error(`checkGrads: ${name} must be ${rule}, got ${shown(value)}`);
  };
  const isNumber = (value: unknown): value is number => typeof value === 'number';
  check('order', order, '1 or 2', order === 1 || (order as unknown) === 2);
  check('eps', eps, 'a finite number > 0', eps === undefined || (Number.isFinite(eps) && eps > 0));
  for (const [name, value] of Object.entries({ atol, rtol })) {
    const holds = value === undefined || (Number.isFinite(value) && value >= 0);
    check(name, value, 'a finite number >= 0', holds);
  }

  const distance: unknown = typeof margin === 'function' ? margin(...xs) : margin;
  const margins: unknown[] = Array.isArray(distance) ? distance : xs.map(() => distance);
  if (margins.length !== xs.length) {
    const lengths = `${String(margins.length)} for ${String(xs.length)}`;
    throw new Error(`checkGrads: margin must be one number or one for each input, got ${lengths}`);
  }
  for (const m of margins) check('margin', m, 'a number >= 0', isNumber(m) && m >= 0);
  return { order, eps, atol, rtol, margins: margins as number[] };
}

/** How much of its tolerance the error takes up. */
function share(worst: GradientEntry | null): number {
  return worst === null ? -1 : worst.error / (worst.tolerance || 1);
}

function disagreement(report: GradientReport, worst: GradientEntry): Error {
  const { name, analytic, numeric, error, tolerance, step, rounding } = worst;
  const short = (value: number) => String(Number(value.toPrecision(6)));
  const lines = [
    `checkGrads: gradient and central difference disagree in ${String(report.failures)} of ` +
      `${String(report.entries)} entries, most in ${name}:`,
    `  analytic   ${short(analytic)}`,
    `  numeric    ${short(numeric)}   (step ${short(step)})`,
    `  error      ${short(error)}   (tolerance ${short(tolerance)}, expected rounding ${short(rounding)})`,
  ];
  return new Error(lines.join('\n'), { cause: report });
}
