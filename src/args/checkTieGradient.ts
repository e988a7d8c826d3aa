import { checkOneOf, checkOptionNames } from './check.ts';

/** The option `tieGradient` of options that have no other. */
export function checkTieGradient(options: { tieGradient?: 'first' | 'even' }): 'first' | 'even' {
  checkOptionNames(options, ['tieGradient']);
  const { tieGradient = 'first' } = options;
  checkOneOf(tieGradient, ['first', 'even'], 'tieGradient');
  return tieGradient;
}
