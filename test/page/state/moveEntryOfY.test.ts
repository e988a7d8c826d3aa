import { moveEntryOfY } from '../../../page/state/moveEntryOfY.ts';
import { numbersOf } from '../../../page/state/Problem.ts';
import { PRESETS } from '../../../page/state/presets.ts';

describe('moveEntryOfY(problem, i, y)', () => {
  it('brings yᵢ to y up to the four decimals of W, and moves row i alone, along x', () => {
    const { problem } = PRESETS[0];
    const moved = numbersOf(moveEntryOfY(problem, 3, 1.25));
    const before = numbersOf(problem);
    const y = moved.W[3].reduce((sum, w, j) => sum + w * moved.x[j], 0);
    expect(y).toBeCloseTo(1.25, 3);
    expect(moved.W.toSpliced(3, 1)).toEqual(before.W.toSpliced(3, 1));
    const ratios = moved.W[3].map((w, j) => (w - before.W[3][j]) / before.x[j]);
    expect(Math.max(...ratios) - Math.min(...ratios)).toBeLessThan(2e-3); // 1e-4 / 0.056
  });

  it('takes more decimals where four would not let y move', () => {
    const problem = { W: [['1', '2']], x: ['200', '300'], k: 1 };
    const [[a, b]] = numbersOf(moveEntryOfY(problem, 0, 800.01)).W;
    expect(Math.abs(200 * a + 300 * b - 800.01)).toBeLessThan(0.005);
  });

  it('refuses to move y where x is 0', () => {
    expect(() => moveEntryOfY({ W: [['1']], x: ['0'], k: 1 }, 0, 2)).toThrow('x is 0');
  });
});
