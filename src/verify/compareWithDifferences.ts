import { tensor, tidy, util, type Tensor } from '@tensorflow/tfjs-core';
import { centralDifference, type CentralDifference } from './centralDifference.ts';
import { combinations } from './combinations.ts';
import { combine, type Combination } from './combine.ts';
import { computationalNoise } from './computationalNoise.ts';
import type { GradientReport } from './gradientReport.ts';
import { nameOfEntry } from './nameOfEntry.ts';
import { stepWithin } from './stepWithin.ts';
import { vjp } from './vjp.ts';

export interface Settings {
  eps: number | undefined;
  atol: number | undefined;
  rtol: number;
  /** for each input the distance within which f is smooth */
  margins: number[];
}

/** What is differentiated: f itself, or its gradient. */
export interface Differentiated {
  /** returns a vector, float32 */
  f: (...xs: Tensor[]) => Tensor;
  /** "f", or "the gradient of f" */
  title: string;
  nameOf: (output: Combination) => string;
}

/** Up to so many outputs of f, or entries of an input, each is looked at alone. */
export const EVERY_OUTPUT = 1024;
const EVERY_ENTRY = 8192;

const UNIT_ROUNDOFF = 2 ** -24;
const NOISE_STEP = 2 ** -20;
const SIGMAS = 8;

/** Compares the Jacobian of f at xs by reverse mode with central differences, entry by entry. */
export function compareWithDifferences(
  { f, title, nameOf }: Differentiated,
  xs: Tensor[],
  { eps, atol, rtol, margins }: Settings,
): GradientReport {
  const points = xs.map((x) => Float32Array.from(x.dataSync()));
  const sizes = points.map(sizesOfEntries);

  const evaluate = (moved: (Float32Array | undefined)[], where: string) => {
    const at = () => xs.map((x, a) => (moved[a] ? tensor(moved[a], x.shape) : x));
    const y = tidy(() => f(...at()).dataSync() as Float32Array);
    const wrong = y.find((entry) => !Number.isFinite(entry));
    if (wrong === undefined) return y;
    throw new Error(`checkGrads: ${title} must be finite ${where}, got ${String(wrong)}`);
  };

  const y = evaluate([], 'at the inputs');
  const noise = computationalNoise((i) => {
    const close = points.map((point, a) => {
      const room = margins[a] / (16 * xs.length * norm(sizes[a]));
      const step = i * Math.min(NOISE_STEP, room);
      return point.map((entry, j) => entry + (j % 2 === 0 ? step : -step) * sizes[a][j]);
    });
    return evaluate(close, 'near the inputs');
  }).map((σ, o) => Math.max(σ, UNIT_ROUNDOFF * Math.abs(y[o])));

  const outputs = combinations(y.length, EVERY_OUTPUT).map((output) => {
    const c = 'at' in output ? y.map((_, o) => (o === output.at ? 1 : 0)) : output.weights;
    const rows = tidy(() => vjp(f, xs, tensor(c)).map((row) => Float32Array.from(row.dataSync())));
    const roundings = rows.map((row) => UNIT_ROUNDOFF * greatest(row));
    return { output, rows, roundings, noise: norm(noise.map((σ, o) => c[o] * σ)) };
  });

  const report: GradientReport = { entries: 0, failures: 0, worst: null };
  let [greatestRatio, isZero, isHidden] = [-1, true, true];
  for (const [a, x] of xs.entries()) {
    for (const direction of combinations(x.size, EVERY_ENTRY)) {
      const name = nameOfEntry(`inputs[${String(a)}]`, direction, x.shape);
      const size = 'at' in direction ? sizes[a][direction.at] : greatest(sizes[a]);
      const step = stepWithin(margins[a], size, eps, name);
      const difference = (h: number) => {
        const moved = (values: Float32Array) => xs.map((_, b) => (b === a ? values : undefined));
        const where = `at a distance of ${String(h)} along ${name}`;
        return centralDifference((v) => evaluate(moved(v), where), points[a], direction, h);
      };
      const whole = difference(step);
      let half: CentralDifference | undefined;

      for (const { output, rows, roundings, noise } of outputs) {
        const errorOf = ({ slopes, along }: CentralDifference) =>
          combine(output, slopes) - combine(along, rows[a]);
        const analytic = combine(whole.along, rows[a]);
        let error = errorOf(whole);
        let rounding = Math.hypot((Math.SQRT2 * noise) / whole.width, roundings[a]);
        const slope = () => Math.max(Math.abs(analytic), Math.abs(analytic + error));
        const tolerance = () => (atol ?? SIGMAS * rounding) + rtol * slope();
        if (!(Math.abs(error) <= tolerance())) {
          half ??= difference(step / 2);
          error = (4 * errorOf(half) - error) / 3; // Richardson: the terms in h² cancel
          rounding *= 3;
        }

        const shares = error === 0 ? 0 : Math.abs(error) / tolerance();
        const ratio = Number.isNaN(shares) ? Infinity : shares;
        report.entries++;
        if (ratio > 1) report.failures++;
        isZero &&= slope() === 0;
        isHidden &&= slope() <= SIGMAS * rounding;
        if (ratio > greatestRatio) {
          greatestRatio = ratio;
          report.worst = {
            name: `∂${nameOf(output)} / ∂${name}`,
            input: a,
            index: 'at' in direction ? util.indexToLoc(direction.at, x.rank, x.strides) : null,
            analytic,
            numeric: analytic + error,
            step,
            error: Math.abs(error),
            tolerance: tolerance(),
            rounding,
          };
        }
      }
    }
  }
  if (report.failures === 0 && isHidden && !isZero && atol === undefined) {
    throw new Error(
      `checkGrads: eps must be large enough for ${title} to change by more than its rounding; with ` +
        'this step no error could be seen',
    );
  }
  return report;
}

/** The size of each entry as a step measures it: its own, or a typical one where that is less. */
function sizesOfEntries(point: Float32Array): Float32Array {
  const typical = norm(point) / Math.sqrt(point.length) || 1;
  return point.map((entry) => Math.max(Math.abs(entry), typical));
}

function norm(v: Float32Array | Float64Array): number {
  let squares = 0;
  for (const entry of v) squares += entry ** 2;
  return Math.sqrt(squares);
}

function greatest(v: Float32Array): number {
  return v.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}
