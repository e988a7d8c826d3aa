import { evaluateClaim } from '../../../experiments/notebook/evaluateClaim.ts';

describe('judge', () => {
  it.each([
    [{ found: 4, unit: 'ULP', atMost: 4 }, true, '4 ULP (at most 4)'],
    [{ found: 5, unit: 'ULP', atMost: 4 }, false, '5 ULP (at most 4)'],
    [{ found: 0.123456, atLeast: 0.1 }, true, '0.1235 (at least 0.1)'],
    [{ found: 0.05, atLeast: 0.1 }, false, '0.05 (at least 0.1)'],
    [{ found: [2, 0], equals: [2, 0] }, true, '[ 2, 0 ] (expected [ 2, 0 ])'],
    [{ found: 8388608, atMost: 4 }, false, '8388608 (at most 4)'],
    [{ found: 35, equals: 36 }, false, '35 (expected 36)'],
    [{ found: -0, equals: 0 }, false, '-0 (expected 0)'],
    [{ found: '0.50', equals: '0.50' }, true, '0.50 (expected 0.50)'],
    [{ found: '', equals: '' }, true, "'' (expected '')"],
  ])('judges %j', (test, holds, figure) => {
    expect(evaluateClaim(test)).toEqual({ holds, figure });
  });

  it('finds NaN within no bound', () => {
    expect(evaluateClaim({ found: NaN, atMost: Infinity }).holds).toBe(false);
    expect(evaluateClaim({ found: NaN, atLeast: -Infinity }).holds).toBe(false);
  });
});
