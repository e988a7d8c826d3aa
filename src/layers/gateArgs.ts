import type { Tensor } from '@tensorflow/tfjs-core';
import { assertArg, checkNotNegative, checkOneOf, checkSeed } from '../args/check.ts';
import { BALANCE_LOSSES, type BalanceName } from './balanceLosses.ts';
import { checkLayerAxis, type LayerArgs, type Shape } from './layerArgs.ts';
import { formatShape } from '../util/formatShape.ts';

export const GATE_ARGS = ['k', 'softmax', 'noise', 'seed', 'balance', 'balanceWeight'] as const;

export interface TopkGateArgs extends LayerArgs {
  /** How many experts each example is sent to. */
  k: number;
  /**
   * 'selected', the default for k > 1, takes the softmax of the selected logits: the gates of an example sum to 1.
   * 'all', the default for k = 1, takes it of all logits, and keeps the k largest.
   */
  softmax?: 'selected' | 'all';
  /** The standard deviation of the normal noise that is added to the logits in training; 0 by default. */
  noise?: number;
  /** Makes the noise the same in every run. It differs from step to step. */
  seed?: number;
  /** Which load-balancing loss is added to that of the model in training; none by default. */
  balance?: BalanceName;
  /** What it is multiplied by; 0.01 by default. */
  balanceWeight?: number;
}

/** What `TopkGate` saves. */
export type GateSettings = Pick<TopkGateArgs, 'k' | 'seed' | 'balance'> & {
  softmax: 'selected' | 'all';
  noise: number;
  balanceWeight: number;
};

/** The arguments of the gate's own with defaults. Throws unless they are as described. */
export function gateSettings(args: TopkGateArgs): GateSettings {
  const { k, seed, balance, noise = 0, balanceWeight = 0.01 } = args;
  const { softmax = k === 1 ? 'all' : 'selected' } = args;
  checkOneOf(softmax, ['selected', 'all'], 'softmax');
  assertArg(k > 1 || softmax === 'all', 'softmax', "be 'all' if k = 1", { value: softmax });
  checkNotNegative(noise, 'noise');
  checkNotNegative(balanceWeight, 'balanceWeight');
  checkSeed(seed);
  if (balance !== undefined) checkOneOf(balance, Object.keys(BALANCE_LOSSES), 'balance');
  const settings: GateSettings = { k, softmax, noise, balanceWeight };
  if (seed !== undefined) settings.seed = seed;
  if (balance !== undefined) settings.balance = balance;
  return settings;
}

/** Throws unless a tensor is float32. */
export function checkFloat({ dtype }: Tensor, name: string): void {
  assertArg(dtype === 'float32', name, 'be float32', dtype);
}

/** The shape of the logits, of that of `logits` or those of `[logits, noiseLogits]`. Throws unless they fit. */
export function checkGateShapes(shape: Shape | Shape[], k: number): Shape {
  const shapes = (Array.isArray(shape[0]) ? shape : [shape]) as Shape[];
  const got = `${String(shapes.length)} tensors`;
  assertArg(shapes.length <= 2, 'the input', 'be logits, or [logits, noiseLogits]', got);
  const [logits, noiseLogits = logits] = shapes;
  const rule = `be of the shape of the logits, ${formatShape(logits)}`;
  const fits =
    noiseLogits.length === logits.length && noiseLogits.every((size, i) => size === logits[i]);
  assertArg(fits, 'noiseLogits', rule, { shape: noiseLogits });
  checkLayerAxis(-1, k, logits);
  return logits;
}
