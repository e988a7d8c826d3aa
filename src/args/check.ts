import { util, type Tensor } from '@tensorflow/tfjs-core';
import { formatShape } from '../util/formatShape.ts';
import { formatValue } from '../util/formatValue.ts';
import { OperationError } from '../util/OperationError.ts';

/** The offending value, formatted only if the check fails: text, a value, or a tensor whose shape is wrong. */
export type Got = string | { value: unknown } | { shape: (number | null)[] };

/**
 * Throws "`argument` must `rule`, got …" unless the rule holds. `operation` adds the function's name. A rule that is
 * not a fixed text is put into words only then: for a thousand numbers, the words would take a sixth of a call.
 */
export function assertArg(
  holds: boolean,
  argument: string,
  rule: string | (() => string),
  got: Got,
): asserts holds {
  if (holds) return;
  const text = typeof rule === 'string' ? rule : rule();
  throw new OperationError(`${argument} must ${text}, got ${format(got)}`);
}

function format(got: Got): string {
  if (typeof got === 'string') return got;
  return 'shape' in got ? formatShape(got.shape) : formatValue(got.value);
}

export function checkK(k: number, n: number): void {
  const holds = Number.isInteger(k) && k >= 0 && k <= n;
  assertArg(holds, 'k', () => `be an integer in [0, ${String(n)}]`, { value: k });
}

/** A length that fits an int32. */
export function checkLength(n: unknown, argument: string): void {
  const holds = Number.isInteger(n) && (n as number) >= 0 && (n as number) < 2 ** 31;
  assertArg(holds, argument, 'be an integer in [0, 2^31 - 1]', { value: n });
}

export function checkShape(value: { shape: number[] }, shape: number[], argument: string): void {
  const rule = () => `be of shape ${formatShape(shape)}`;
  assertArg(util.arraysEqual(value.shape, shape), argument, rule, value);
}

export function checkNotScalar({ rank }: Tensor, argument: string): void {
  assertArg(rank > 0, argument, 'be of rank 1 or higher', 'a scalar');
}

/** The axis counted from the first; a negative one counts from the last, −1. */
export function checkAxis(axis: number, rank: number): number {
  const holds = Number.isInteger(axis) && axis >= -rank && axis < rank;
  const rule = () => `be an integer in [${String(-rank)}, ${String(rank - 1)}]`;
  assertArg(holds, 'axis', rule, { value: axis });
  return axis < 0 ? axis + rank : axis;
}

export function checkFunction(f: unknown, argument = 'f'): void {
  assertArg(typeof f === 'function', argument, 'be a function', { value: f });
}

export function checkBoolean(value: unknown, argument: string): void {
  assertArg(typeof value === 'boolean', argument, 'be a boolean', { value: value });
}

export function checkFloat32(value: unknown, argument: string): void {
  const holds = Number.isFinite(value) && Number.isFinite(Math.fround(value as number));
  assertArg(holds, argument, 'be a finite float32', { value });
}

export function checkPositive(value: unknown, argument: string): void {
  const holds = Number.isFinite(value) && (value as number) > 0;
  assertArg(holds, argument, 'be a positive number', { value });
}

export function checkNotNegative(value: unknown, argument: string): void {
  const holds = Number.isFinite(value) && (value as number) >= 0;
  assertArg(holds, argument, 'be a number >= 0', { value });
}

export function checkSeed(seed: unknown): void {
  const holds = seed === undefined || Number.isInteger(seed);
  assertArg(holds, 'seed', 'be an integer', { value: seed });
}

/** The rate of a moving average. */
export function checkDecay(value: unknown, argument: string): void {
  const holds = typeof value === 'number' && value >= 0 && value < 1;
  assertArg(holds, argument, 'be a number in [0, 1)', { value });
}

export function checkOneOf(value: unknown, allowed: string[], argument: string): void {
  const isAllowed = typeof value === 'string' && allowed.includes(value);
  assertArg(isAllowed, argument, () => `be one of '${allowed.join("', '")}'`, { value });
}

/** Not a Map, list or Date, which have entries that nothing would look at. */
export function isRecord(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** Throws unless options is an object with known names only. */
export function checkOptionNames(options: unknown, names: readonly string[]): void {
  assertArg(isRecord(options), 'options', 'be a plain object', { value: options });
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  assertArg(unknown === undefined, 'options', () => `be among ${names.join(', ')}`, {
    value: unknown,
  });
}
