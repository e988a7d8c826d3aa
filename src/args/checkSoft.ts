import {
  cast,
  reshape,
  scalar,
  Tensor,
  util,
  type Scalar,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import { MIN_POSITIVE } from '../util/float32.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { assertArg, checkAxis, checkNotScalar, checkOneOf, checkOptionNames } from './check.ts';
import { checkEntries, checkNumbers } from './checkEntries.ts';
import { toTensor } from './toTensor.ts';

interface Options<Kind> {
  axis?: number;
  temperature?: number | Scalar;
  kind?: Kind;
}

/**
 * The arguments of `softTopk`: x and the temperature τ as tensors, the axis counted from the first, and the kind.
 * `explain` says where x has NaN, or too many infinite entries.
 */
export function checkSoft<Kind extends string>(
  x: Tensor | TensorLike,
  k: number,
  options: Options<Kind>,
  kinds: Record<Kind, unknown>,
  checkCount = checkSum,
) {
  const $x = toTensor(x, 'x');
  checkNotScalar($x, 'x');
  checkOptionNames(options, ['axis', 'temperature', 'kind']);
  const { axis = -1, temperature = 1, kind } = options;
  const at = checkAxis(axis, $x.rank);
  checkCount(k, $x.shape[at]);
  if (kind !== undefined) checkOneOf(kind, Object.keys(kinds), 'kind');
  const explain = () => {
    if (isOnGpu()) return;
    checkNumbers($x, 'x');
    if (k > 0 && k < $x.shape[at]) checkInfinite($x, k, at);
  };
  return { x: $x, axis: at, τ: checkTemperature(temperature), kind, explain };
}

/** At most k entries along the axis may be Infinity, and at least k must be above -Infinity. Reads them. */
function checkInfinite(x: Tensor, k: number, axis: number): void {
  const n = x.shape[axis];
  const others = x.shape.filter((_, d) => d !== axis);
  const stride = util.sizeFromShape(x.shape.slice(axis + 1));
  const entries = x.dataSync<'float32'>();
  const [infinite, above] = [Infinity, -Infinity].map(() => new Int32Array(x.size / n));
  entries.forEach((entry, i) => {
    const slice = Math.floor(i / (n * stride)) * stride + (i % stride);
    if (entry === Infinity) infinite[slice]++;
    if (entry !== -Infinity) above[slice]++;
  });
  checkEntries(
    infinite,
    others,
    'x',
    'have at most k times Infinity along the axis',
    (c) => c <= k,
  );
  checkEntries(above, others, 'x', 'have k entries above -Infinity along the axis', (c) => c >= k);
}

function checkSum(k: number, n: number): void {
  const isBetween = typeof k === 'number' && k >= 0 && k <= n;
  assertArg(isBetween, 'k', `be a number in [0, ${String(n)}]`, { value: k });
}

function checkTemperature(temperature: number | Scalar): Tensor {
  const rule = 'be finite in float32 and 2^-126 or more';
  const check = (τ: unknown) => {
    const holds = typeof τ === 'number' && τ >= MIN_POSITIVE && Number.isFinite(Math.fround(τ));
    assertArg(holds, 'temperature', rule, { value: τ });
  };
  if (!(temperature instanceof Tensor)) {
    check(temperature);
    return scalar(temperature);
  }
  const τ = toTensor(temperature, 'temperature');
  assertArg(τ.size === 1, 'temperature', 'be a number or a scalar', τ);
  if (!isOnGpu()) check(τ.dataSync()[0]);
  return reshape(cast(τ, 'float32'), []);
}
