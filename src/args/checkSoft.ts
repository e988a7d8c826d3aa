import { cast, reshape, scalar, Tensor, type Scalar, type TensorLike } from '@tensorflow/tfjs-core';
import { isOnGpu } from '../util/isOnGpu.ts';
import {
  assertArg,
  checkAxis,
  checkNotScalar,
  checkOneOf,
  checkOptionNames,
  MIN_POSITIVE,
} from './check.ts';
import { checkNumbers } from './checkEntries.ts';
import { toTensor } from './toTensor.ts';

interface Options<Kind> {
  axis?: number;
  temperature?: number | Scalar;
  kind?: Kind;
}

/**
 * The arguments of `softTopk`: x and the temperature τ as float32 tensors, `given` as x is, the axis counted from the
 * first, and the kind. `checkNaN` says where x has NaN.
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
  const floats = toFloats($x);
  const checkNaN = () => {
    if (!isOnGpu()) checkNumbers(floats, 'x');
  };
  return { x: floats, given: $x, axis: at, τ: checkTemperature(temperature), kind, checkNaN };
}

/** x as float32; x itself, if it is that, for a cast copies on wasm. */
export function toFloats(x: Tensor): Tensor {
  return x.dtype === 'float32' ? x : cast(x, 'float32');
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
