import { checkAxis, checkBoolean, checkOneOf, checkOptionNames } from './check.ts';

interface Options {
  axis?: number;
  largest?: boolean;
  sorted?: boolean;
  tieGradient?: 'first' | 'even';
}

/** The options of `topk`, or those of these names: with defaults, and the axis counted from the first. */
export function checkTopkOptions(
  options: Options,
  rank: number,
  names: readonly (keyof Options)[] = ['axis', 'largest', 'sorted', 'tieGradient'],
): Required<Options> {
  checkOptionNames(options, names);
  const { axis = -1, largest = true, sorted = true, tieGradient = 'first' } = options;
  checkBoolean(largest, 'largest');
  checkBoolean(sorted, 'sorted');
  checkOneOf(tieGradient, ['first', 'even'], 'tieGradient');
  return { axis: checkAxis(axis, rank), largest, sorted, tieGradient };
}
