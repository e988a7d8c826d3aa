import type { Tensor } from '@tensorflow/tfjs-core';
import { assertArg, checkOptionNames } from '../../args/check.ts';

/** One for all inputs, or one for each. */
export type Distance = number | number[];

export interface CheckGradsOptions<Inputs extends Tensor[] = Tensor[]> {
  /** 1 checks the gradient; 2, the default, also the gradient of the gradient. */
  order?: 1 | 2;
  /**
   * The first step h, in the unit of the inputs. By default 0.041 (⁵√2⁻²³) times the magnitude of the entry, or
   * of the median entry of the input if that is larger.
   */
  eps?: number;
  /** The absolute tolerance. By default 8 times the expected standard deviation of the rounding error. */
  atol?: number;
  /** The relative tolerance. By default 1e-3. */
  rtol?: number;
  /**
   * A distance within which f is smooth, in the Euclidean norm and the unit of one input: a number for all inputs, one
   * for each, or a function of the inputs that returns either. For topk(y, k) that is selectionMargin(y,
   * k).margin / √2, and for topk(Wx) it is in selectionRadius(W, x, k).
   */
  margin?: Distance | ((...inputs: Inputs) => Distance);
}

/** The options of `checkGrads`, checked and with their defaults. */
export interface GradSettings {
  order: number;
  eps: number | undefined;
  atol: number | undefined;
  rtol: number;
  /** For each input, the distance within which f is smooth. */
  margins: number[];
}

/** What a difference may be off by. */
export type Tolerances = Pick<GradSettings, 'atol' | 'rtol'>;

/** @throws if an option is unknown, or not as described. It calls `margin`, if that is a function, once. */
export function gradSettings<Inputs extends Tensor[]>(
  options: CheckGradsOptions<Inputs>,
  xs: Inputs,
): GradSettings {
  const check = (name: string, value: unknown, rule: string, holds: boolean) => {
    assertArg(holds, name, rule, { value });
  };
  const isFinite = (value: unknown): value is number => Number.isFinite(value);
  checkOptionNames(options, ['order', 'eps', 'atol', 'rtol', 'margin']);
  const { order = 2, eps, atol, rtol = 1e-3, margin = Infinity } = options;
  check('order', order, 'be 1 or 2', [1, 2].includes(order));
  check('eps', eps, 'be a finite number > 0', eps === undefined || (isFinite(eps) && eps > 0));
  for (const [name, value] of Object.entries({ atol, rtol })) {
    const holds = value === undefined || (isFinite(value) && value >= 0);
    check(name, value, 'be a finite number >= 0', holds);
  }

  const distance: unknown = typeof margin === 'function' ? margin(...xs) : margin;
  const margins: unknown[] = Array.isArray(distance) ? distance : xs.map(() => distance);
  const lengths = `${String(margins.length)} for ${String(xs.length)}`;
  const isEnough = margins.length === xs.length;
  assertArg(isEnough, 'margin', 'be one number or one for each input', lengths);
  for (const m of margins) check('margin', m, 'be a number >= 0', typeof m === 'number' && m >= 0);
  return { order, eps, atol, rtol, margins: margins as number[] };
}
