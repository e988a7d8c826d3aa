import { cast, reshape, scalar, Tensor, type Scalar, type TensorLike } from '@tensorflow/tfjs-core';
import { isOnGpu } from '../util/isOnGpu.ts';
import { assertArg, checkNotScalar, checkOneOf, checkOptionNames } from './check.ts';
import { toTensor } from './toTensor.ts';

/** The smallest float32 that every backend distinguishes from 0. */
const MIN_POSITIVE = 2 ** -126;

/** The arguments of `softTopk`: x and the temperature τ as float32 tensors, and the kind. */
export function checkSoft<Kind extends string>(
  x: Tensor | TensorLike,
  k: number,
  options: { temperature?: number | Scalar; kind?: Kind },
  kinds: Record<Kind, unknown>,
): { x: Tensor; τ: Tensor; kind: Kind | undefined } {
  const $x = toTensor(x, 'x');
  checkNotScalar($x, 'x');
  const n = $x.shape[$x.rank - 1];
  const isBetween = typeof k === 'number' && k >= 0 && k <= n;
  assertArg(isBetween, 'k', `be a number in [0, ${String(n)}]`, { value: k });
  checkOptionNames(options, ['temperature', 'kind']);
  const { temperature = 1, kind } = options;
  if (kind !== undefined) checkOneOf(kind, Object.keys(kinds), 'kind');
  const floats: Tensor = $x.dtype === 'float32' ? $x : cast($x, 'float32'); // a cast copies on wasm
  return { x: floats, τ: checkTemperature(temperature), kind };
}

function checkTemperature(temperature: number | Scalar): Tensor {
  const rule = 'be positive and finite in float32';
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
