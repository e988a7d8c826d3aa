import { DEFAULT_STEP_EXPONENT, PRESETS } from './presets.ts';
import type { Problem } from './Problem.ts';

export const DIRECTIONS = ['worst', 'gradient', 'random'] as const;
export type DirectionName = (typeof DIRECTIONS)[number];

/** All that a reader can change, and what the address of the page holds. */
export interface PageState {
  problem: Problem;
  /** The step of the central differences is 2^stepExponent. */
  stepExponent: number;
  /** Along which direction the loss is drawn. */
  direction: DirectionName;
  /** Of the random direction. */
  seed: number;
  /** The temperature of softTopk is 2^temperatureExponent. */
  temperatureExponent: number;
  /** Two weights, w₁ and w₂, and two examples, each of one number. */
  batch: { weights: string[]; examples: string[] };
}

export const START: PageState = {
  problem: PRESETS[0].problem,
  stepExponent: DEFAULT_STEP_EXPONENT,
  direction: 'worst',
  seed: 1,
  temperatureExponent: -3,
  batch: { weights: ['1', '1'], examples: ['1', '-1'] },
};

export const SEEDS = { min: 1, max: 2 ** 31 - 1 };
/** The exponents that the sliders reach. */
export const STEP_EXPONENTS = { min: -10, max: 1 };
export const TEMPERATURE_EXPONENTS = { min: -8, max: 3 };
