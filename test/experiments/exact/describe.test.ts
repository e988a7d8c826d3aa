import { certify } from '../../../experiments/exact/certify.ts';
import { describe as linesOf } from '../../../experiments/exact/describe.ts';
import type { Entry } from '../../../experiments/exact/types.ts';
import thread from '../../../experiments/thread.json';

const lines = (W: Entry[][], x: Entry[], k: number) => linesOf(certify({ W, x, k }));
const CHANGED = 'For W and x rounded to float32, with Wx exact, the';
const UNCHANGED = `${CHANGED} verdict and the selection stay the same.`;

describe('describe', () => {
  it('begins with the verdicts, first on W', () => {
    expect(lines(thread.W, thread.x, thread.k)).toEqual([
      'Verdict: differentiable in W, because the margin is positive, 0.2708908, so the same rows are selected nearby.',
      'In x: differentiable, for the same reason.',
      'Selected: rows 2, 0 and 4.',
      'Margin: 0.2708908, the threshold 1.39692579 less the runner-up 1.12603499.',
      'Radius in W: 0.166654, rounded down.',
      'L(W + Δ) = L(W) + ⟨∇L, Δ⟩ + ‖(Δx)_S‖² holds exactly for 5 of 5 steps Δ of 0.999 radii; ' +
        'in the worst direction, a step of 1.001 radii selects another row.',
      UNCHANGED,
    ]);
  });

  it('says what float32 changes', () => {
    const found = lines(
      [
        ['0.1', '0.2'],
        ['0.3', '0'],
      ],
      ['1', '1'],
      1,
    );
    expect(found).toEqual([
      'Verdict: not differentiable in W, because rows 0 and 1 tie at 0.3, and only 1 of them is selected.',
      'In x: not differentiable, because rows 0 and 1 tie at 0.3, only 1 of them is selected, ' +
        'and these rows of W are not all equal.',
      'Selected: row 0.',
      'Margin: 0, the threshold 0.3 less the runner-up 0.3.',
      'Radius in W: 0.',
      ...['W', 'x'].map(
        (variable) =>
          `${CHANGED} verdict changes: differentiable in ${variable}, because ` +
          'the margin is positive, about 7.45058e-9, so the same rows are selected nearby.',
      ),
      `${CHANGED} selection changes, to row 1.`,
    ]);
    expect(lines([['1e400'], [1]], [1], 1).at(-1)).toBe(
      'W or x overflows when rounded to float32.',
    );
  });

  it('tells a loss that is differentiable in x alone', () => {
    const found = lines([['1'], ['1.0']], ['3'], 1);
    expect(found.slice(0, 2)).toEqual([
      'Verdict: not differentiable in W, because rows 0 and 1 tie at 3, and only 1 of them is selected.',
      'In x: differentiable, because rows 0 and 1 tie at 3, but these rows of W are equal, ' +
        'so it does not matter which is selected.',
    ]);
  });

  it('has infinite margins and radii', () => {
    expect(lines([[1], [2]], [1], 0)).toEqual([
      'Verdict: differentiable in W, because k is 0, so the loss is 0.',
      'In x: differentiable, for the same reason.',
      'Selected: no row.',
      'Margin: infinite.',
      'Radius in W: infinite.',
      'L(W + Δ) = L(W) + ⟨∇L, Δ⟩ + ‖(Δx)_S‖² holds exactly for 3 of 3 steps Δ.',
      UNCHANGED,
    ]);
  });

  it('rounds the radius down, and says so unless it is exact', () => {
    const radius = (W: Entry[][], x: Entry[]) => lines(W, x, 1)[4];
    expect(radius([[1], [0]], [1])).toBe('Radius in W: 0.707106, rounded down.'); // 0.7071067…
    const rows = [
      [3, 4],
      [0, 0],
    ];
    expect(radius(rows, [1, 1])).toBe('Radius in W: 3.5.');
    expect(radius([['1e300'], [0]], ['1e-200'])).toBe('Radius in W: 7.07106e+299, rounded down.');
  });

  it('says so if a step contradicts the theorem', () => {
    const certificate = certify(thread);
    const steps = certificate.steps.map((step, i) => ({
      ...step,
      holds: i > 0,
      sameSelection: true,
    }));
    expect(linesOf({ ...certificate, steps })).toContain(
      'L(W + Δ) = L(W) + ⟨∇L, Δ⟩ + ‖(Δx)_S‖² holds exactly for 4 of 5 steps Δ of 0.999 radii; ' +
        'in the worst direction, a step of 1.001 radii still selects the same rows.',
    );
  });
});
