import { mul, randomUniform, tensor, util, type Tensor } from '@tensorflow/tfjs-core';
import { OperationError } from '../../util/OperationError.ts';
import { tidyValue } from '../../util/tidyValue.ts';
import { centralDifference, type CentralDifference } from './centralDifference.ts';
import { probes } from './probes.ts';
import type { Combination } from './combine.ts';
import { compareEntry } from './compareEntry.ts';
import { computationalNoise, NOISE_POINTS } from './computationalNoise.ts';
import { errorRatio, type GradientReport } from './gradientReport.ts';
import type { GradSettings } from './gradSettings.ts';
import { nameOfEntry } from './nameOfEntry.ts';
import { LEAST_EPS, stepWithin } from './stepWithin.ts';
import { vjp } from '../../gradients/vjp.ts';

/** What is differentiated: f itself, or its gradient. */
export interface Differentiated {
  /** returns a vector, float32 */
  f: (...xs: Tensor[]) => Tensor;
  /** "f", or "the gradient of f" */
  title: string;
  /** whether it is an error if rounding hides every slope: that of a gradient may well be zero */
  refusesHidden: boolean;
  nameOf: (output: Combination) => string;
}

/** Up to so many outputs, or entries of an input, each is looked at alone. */
export const EVERY_OUTPUT = 1024;
const EVERY_ENTRY = 8192;
/** The Jacobian by reverse mode has at most so many entries: 32 MB. */
const MOST_ENTRIES = EVERY_OUTPUT * EVERY_ENTRY;
/** Of more, so many probes. */
const OUTPUT_BLOCKS = 32;
const ENTRY_BLOCKS = 256;

const UNIT_ROUNDOFF = 2 ** -24;
const NOISE_STEP = 2 ** -11;
/** Not those that a user's own data are likely to have. */
const SEEDS = { noise: 71_993, outputs: 71_999, entries: 72_019 };

/** Not 1, so that a rule shows that forgets the upstream gradient, or its sign, or clips it. */
const UPSTREAM = -2;

/** Adds to a report how the Jacobian of f at xs by reverse mode compares with differences. */
export function compareWithDifferences(
  { f, title, refusesHidden, nameOf }: Differentiated,
  xs: Tensor[],
  { eps, margins, atol, rtol }: GradSettings,
  report: GradientReport,
): void {
  const points = xs.map((x) => new Float32Array(x.dataSync()));
  const sizes = points.map(sizesOfEntries);
  const evaluate = (moved: (Float32Array | undefined)[]) =>
    tidyValue(() => {
      const at = xs.map((x, a) => (moved[a] ? tensor(moved[a], x.shape) : x));
      return new Float32Array(f(...at).dataSync());
    });

  const y = evaluate([]);
  checkValues(y, evaluate([]), title);
  const close = closePoints(points, sizes, margins).map(evaluate);
  const noise = computationalNoise(close).map((σ, o) =>
    Math.max(Number.isFinite(σ) ? σ : 0, UNIT_ROUNDOFF * Math.abs(y[o])),
  );
  const size = points.reduce((sum, point) => sum + point.length, 0);
  const every = Math.min(EVERY_OUTPUT, Math.floor(MOST_ENTRIES / size));
  const outputs = probes(y.length, every, OUTPUT_BLOCKS, SEEDS.outputs).map((output) => {
    const c = new Float32Array(y.length);
    if ('at' in output) c[output.at] = 1;
    else c.set(output.weights, output.from);
    const rows = gradientOf(f, xs, c, nameOf(output));
    return { output, rows, noise: norm(noise.map((σ, o) => c[o] * σ)) };
  });

  const hiddenInputs: string[] = [];
  for (const [a, x] of xs.entries()) {
    const input = `inputs[${String(a)}]`;
    let [visible, hidden] = [0, 0];
    for (const place of probes(x.size, EVERY_ENTRY, ENTRY_BLOCKS, SEEDS.entries)) {
      const scale = sizeOf(place, sizes[a]);
      const name = nameOfEntry(input, place, x.shape);
      const step = stepWithin(margins[a], scale, eps, name);
      const difference = (h: number) => {
        const g = (point: Float32Array) =>
          evaluate(xs.map((_, b) => (b === a ? point : undefined)));
        return centralDifference(g, points[a], place, h);
      };
      const whole = difference(step);
      const halves: CentralDifference[] = []; // what several outputs need is computed once
      const halved = (times: number) => {
        const h = step / 2 ** times;
        return h < LEAST_EPS * scale ? undefined : (halves[times] ??= difference(h));
      };

      for (const { output, rows, noise } of outputs) {
        const found = compareEntry(output, rows[a], whole, halved, noise, { atol, rtol });
        const { analytic, numeric, absolute, ...rest } = found;
        if (!Number.isFinite(numeric)) {
          const where = `at a distance of ${String(found.step)} along ${name}`;
          throw new OperationError(`${title} must be finite ${where}, got ${String(numeric)}`);
        }
        report.entries++;
        report.isSampled ||= 'weights' in output || 'weights' in place;
        if (found.error > found.tolerance) report.failures++;
        if (Math.abs(numeric) > absolute || found.error > found.tolerance) visible++;
        else if (analytic !== 0 || numeric !== 0) hidden++;
        if (report.worst === null || errorRatio(found) > errorRatio(report.worst)) {
          const index = 'at' in place ? util.indexToLoc(place.at, x.rank, x.strides) : null;
          const of = `∂${nameOf(output)} / ∂${name}`;
          report.worst = { name: of, input: a, index, analytic, numeric, ...rest };
        }
      }
    }
    report.hidden += hidden;
    if (visible === 0 && hidden > 0) hiddenInputs.push(input);
  }
  if (refusesHidden && report.failures === 0 && hiddenInputs.length > 0 && atol === undefined) {
    throw new OperationError(
      `rounding hides every slope of f in ${hiddenInputs.join(', ')}, so that no fault ` +
        'would show; take a larger eps, or give an atol to accept it',
    );
  }
}

/** cᵀ ∂f/∂xᵢ for each input, flat. */
function gradientOf(f: Differentiated['f'], xs: Tensor[], c: Float32Array, name: string) {
  const rows = tidyValue(() =>
    vjp(f, xs, mul(tensor(c), UPSTREAM)).map((row) =>
      new Float32Array(row.dataSync()).map((entry) => entry / UPSTREAM + 0),
    ),
  );
  for (const row of rows) {
    const wrong = row.find((entry) => !Number.isFinite(entry));
    if (wrong !== undefined) {
      throw new OperationError(`the gradient of ${name} must be finite, got ${String(wrong)}`);
    }
  }
  return rows;
}

/** Refuses an f that is not finite, or returns something else the second time. */
function checkValues(y: Float32Array, again: Float32Array, title: string): void {
  const wrong = y.find((entry) => !Number.isFinite(entry));
  if (wrong !== undefined) {
    throw new OperationError(`${title} must be finite at the inputs, got ${String(wrong)}`);
  }
  const greatest = y.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  const o = y.findIndex((entry, o) => !(Math.abs(entry - again[o]) <= 1e-3 * greatest));
  if (o < 0) return;
  const values = `${String(y[o])} and ${String(again[o])}`;
  throw new OperationError(`f must return the same values at each call, got ${values}`);
}

/** Points on a line through the inputs, equally far apart, all within a quarter of each margin. */
function closePoints(points: Float32Array[], sizes: Float32Array[], margins: number[]) {
  const directions = points.map(({ length }) => {
    const random = tidyValue(() =>
      randomUniform([length], -1, 1, 'float32', SEEDS.noise).dataSync(),
    );
    return Float32Array.from(random, (entry) => (entry + Math.sign(entry)) / 2); // none stands still
  });
  return Array.from({ length: NOISE_POINTS }, (_, i) =>
    points.map((point, a) => {
      const room = margins[a] / (2 * NOISE_POINTS * points.length * norm(sizes[a]));
      const step = (i - NOISE_POINTS / 2) * Math.min(NOISE_STEP, room);
      return point.map((entry, j) => entry + step * directions[a][j] * sizes[a][j]);
    }),
  );
}

/** The size of each entry as a step measures it: its own, or the median's where that is less. */
function sizesOfEntries(point: Float32Array): Float32Array {
  const sizes = point
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort();
  const median = sizes.length === 0 ? 1 : sizes[sizes.length >> 1];
  return point.map((entry) => Math.max(Math.abs(entry), median));
}

function sizeOf(place: Combination, sizes: Float32Array): number {
  if ('at' in place) return sizes[place.at];
  return norm(sizes.subarray(place.from, place.from + place.weights.length));
}

function norm(v: Float32Array | Float64Array): number {
  let squares = 0;
  for (const entry of v) squares += entry ** 2;
  return Math.sqrt(squares);
}
