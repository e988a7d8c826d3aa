import { largerSteps } from '../../../src/verify/differences/largerSteps.ts';

describe('largerSteps', () => {
  it('are 16, 8, 4 and 2 times the first, and at most half the margin', () => {
    expect(largerSteps(0.5, Infinity)).toEqual([8, 4, 2, 1]);
    expect(largerSteps(0.5, 4)).toEqual([2, 1]);
    expect(largerSteps(0.5, 1)).toEqual([]);
  });
});
