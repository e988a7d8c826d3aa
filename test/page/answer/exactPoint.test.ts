import { exactPoint } from '../../../page/answer/exactPoint.ts';

describe('exactPoint', () => {
  it('gives y as numbers, however many digits were typed', () => {
    const third = `0.${'3'.repeat(400)}`;
    const { y } = exactPoint({ W: [[third], ['1'], ['0']], x: [`1.${'0'.repeat(300)}1`], k: 1 });
    expect(y).toEqual([1 / 3, 1, 0]);
  });

  it('gives equal numbers for entries that tie as decimals', () => {
    const { y } = exactPoint({
      W: [
        ['0.1', '0.2'],
        ['0.3', '0'],
      ],
      x: ['1', '1'],
      k: 1,
    });
    expect(y[0]).toBe(y[1]);
  });

  it('gives equal levels to entries that tie as decimals, and to no others that float32 rounds alike', () => {
    const W = ['1', '1.0', '1.00000001', '-1e-50', '0'].map((entry) => [entry]);
    expect(exactPoint({ W, x: ['1'], k: 1 }).levels).toEqual([2, 2, 3, 0, 1]);
  });
});
