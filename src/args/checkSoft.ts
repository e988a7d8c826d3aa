import { cast, reshape, scalar, Tensor, type Scalar, type TensorLike } from '@tensorflow/tfjs-core';
import { checkOptionNames } from './checkOptionNames.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { SOFT_KINDS, type SoftKindName } from '../kernels/soft/softKinds.ts';
import { formatValue } from '../util/formatValue.ts';
import { toTensor } from './toTensor.ts';

export interface SoftTopkOptions {
  /**
   * τ, in units of x: a positive number, or a scalar tensor, in which the mask is differentiable, too. With
   * τ → 0 the mask becomes that of topk.
   */
  temperature?: number | Scalar;
  /** The distribution of which F is the distribution function. */
  kind?: SoftKindName;
}

/** x and τ as tensors, float32, and the kind; throws unless the arguments are those of `softTopk`. */
export function checkSoft(
  x: Tensor | TensorLike,
  k: number,
  options: SoftTopkOptions,
  fn: string,
): { x: Tensor; τ: Tensor; kind: SoftKindName } {
  const $x = toTensor(x, 'x', fn);
  if ($x.rank === 0) throw new Error(`${fn}: x must be of rank 1 or higher, got a scalar`);
  const n = $x.shape[$x.rank - 1];
  if (typeof k !== 'number' || !(k >= LEAST && k < n)) {
    throw new Error(`${fn}: k must be a number in (0, ${String(n)}), got ${formatValue(k)}`);
  }
  checkOptionNames(options, ['temperature', 'kind'], fn);
  const { temperature = 1, kind = 'logistic' } = options;
  if (typeof kind !== 'string' || !Object.hasOwn(SOFT_KINDS, kind)) {
    const kinds = Object.keys(SOFT_KINDS).join("', '");
    throw new Error(`${fn}: kind must be one of '${kinds}', got ${formatValue(kind)}`);
  }
  return { x: cast($x, 'float32'), τ: checkTemperature(temperature, fn), kind };
}

function checkTemperature(temperature: number | Scalar, fn: string): Tensor {
  const refuse = (got: string): never => {
    throw new Error(`${fn}: temperature must be positive and finite in float32, got ${got}`);
  };
  const check = (τ: unknown) => {
    if (typeof τ !== 'number' || !(τ >= LEAST && Number.isFinite(Math.fround(τ))))
      refuse(formatValue(τ));
  };
  if (!(temperature instanceof Tensor)) {
    check(temperature);
    return scalar(temperature);
  }
  const τ = toTensor(temperature, 'temperature', fn);
  if (τ.size !== 1) refuse(`a tensor of shape [${String(τ.shape)}]`);
  if (!isOnGpu()) check(τ.dataSync()[0]);
  return reshape(cast(τ, 'float32'), []);
}

/** The least float32 that every backend tells from 0. */
const LEAST = 2 ** -126;
