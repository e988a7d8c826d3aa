import * as fc from 'fast-check';
import { select } from '../../../experiments/exact/select.ts';

describe('select', () => {
  it('orders equal entries by their index', () => {
    expect(select([1n, 3n, 2n, 3n, 2n, 2n], 3)).toEqual({
      order: [1, 3, 2, 4, 5, 0],
      above: [1, 3],
      tied: [2, 4, 5],
      remaining: 1,
    });
  });

  it('has neither A nor T for k = 0', () => {
    expect(select([1n, 2n], 0)).toEqual({ order: [1, 0], above: [], tied: [], remaining: 0 });
  });

  it('tells integers apart that float64 rounds to the same number or to ∞', () => {
    const large = 2n ** 60n;
    expect(select([large, large + 2n, large + 1n], 1).order).toEqual([1, 2, 0]);
    const huge = 10n ** 400n;
    expect(select([huge, huge + 1n, -huge, -huge + 1n, 0n], 1).order).toEqual([1, 0, 4, 3, 2]);
  });

  it('gives the same from any start', () => {
    const entries = fc.array(fc.bigInt({ min: -3n, max: 3n }), { minLength: 1, maxLength: 8 });
    const started = entries.chain((y) =>
      fc.tuple(fc.constant(y), fc.shuffledSubarray([...y.keys()], { minLength: y.length })),
    );
    fc.assert(
      fc.property(started, ([y, start]) => {
        expect(select(y, 1, start)).toEqual(select(y, 1));
      }),
      { seed: 1 },
    );
  });
});
