import fc from 'fast-check';
import { fromHash } from '../../../page/state/fromHash.ts';
import { DIRECTIONS, SEEDS, START } from '../../../page/state/PageState.ts';
import { toHash } from '../../../page/state/toHash.ts';
import { problems } from '../generator.ts';

describe('fromHash(hash)', () => {
  it('reads every state that toHash writes, also percent-encoded', () => {
    const states = fc.record({
      problem: problems(),
      stepExponent: fc.integer({ min: -10, max: 1 }),
      direction: fc.constantFrom(...DIRECTIONS),
      seed: fc.integer(SEEDS),
      temperatureExponent: fc.integer({ min: -8, max: 3 }),
      batch: fc.constantFrom(START.batch, { weights: ['2', '-1.5'], examples: ['0', '1e-3'] }),
    });
    fc.assert(
      fc.property(states, (state) => {
        expect(fromHash(toHash(state))).toEqual(state);
        expect(fromHash(encodeURI(toHash(state)))).toEqual(state);
      }),
      { numRuns: 200 },
    );
  });

  it('takes what is left out from the start', () => {
    expect(fromHash('')).toEqual(START);
    expect(fromHash('#W=1,2;3,4&x=1,1&k=1')).toEqual({
      ...START,
      problem: {
        W: [
          ['1', '2'],
          ['3', '4'],
        ],
        x: ['1', '1'],
        k: 1,
      },
    });
  });

  it.each([
    ['#W=1,2;3&x=1,1&k=1', 'W[1] must have 2 entries, as x has, got "3"'],
    ['#W=1,a&x=1,1&k=1', 'W[0][1] must be a decimal number, got "a"'],
    ['#W=1,2&x=1,1&k=2', 'k must be an integer in [0, 1], got "2"'],
    ['#W=1,2&k=1', 'W and x must both be given'],
    ['#k=1', 'W and x must both be given'],
    [`#W=${'1;'.repeat(12)}1&x=1&k=1`, 'W must have at most 12 rows and columns, got "13 × 1"'],
    ['#W=1e30&x=1e30&k=1', 'W and x are too large for float32'],
    ['#w=5', 'each part must be one of W, x, k, h, along, seed, soft, batch, got "w"'],
    ['#h=99', 'h must be an integer in [-10, 1], got "99"'],
    ['#seed=0', 'seed must be an integer in [1, 2147483647], got "0"'],
    ['#along=up', 'along must be one of worst, gradient, random, got "up"'],
    ['#batch=1,1', 'batch must be two weights; two examples, got "1,1"'],
    ['#W=%E0%A4%A', 'a % in it must begin the code of a character, such as %20'],
  ])('refuses %s: %s', (hash, message) => {
    expect(() => fromHash(hash)).toThrow(
      expect.objectContaining({ name: 'RangeError', message }) as Error,
    );
  });

  it('throws nothing but a RangeError, whatever the address', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (W, x, rest) => {
        try {
          fromHash(`#W=${W}&x=${x}&${rest}`);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
