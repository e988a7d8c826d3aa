import * as tf from '@tensorflow/tfjs';
import { checkGrads, selectionMargin, topk, type GradientReport } from '../../src/index.ts';

const normal = (shape: number[], seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** f with a gradient of our choice. */
const withGradient = (
  f: (x: tf.Tensor) => tf.Tensor,
  gradient: (dy: tf.Tensor, x: tf.Tensor) => tf.Tensor,
) =>
  tf.customGrad<tf.Tensor>((x, save) => {
    (save as tf.GradSaveFunc)([x as tf.Tensor]);
    return {
      value: f(x as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => gradient(dy, saved[0]),
    };
  });

const failure = (check: () => unknown): GradientReport => {
  try {
    check();
  } catch (error) {
    expect((error as Error).message).toContain('gradient and central difference disagree');
    return (error as Error).cause as GradientReport;
  }
  throw new Error('the check did not fail');
};

describe('checkGrads', () => {
  it('reports how many entries it compared, and the one nearest to its tolerance', () => {
    const report = checkGrads((x: tf.Tensor) => x.mul(x).mul(x).sum(), [[1, 2]], { order: 1 });
    expect(report).toMatchObject({
      entries: 2,
      failures: 0,
      belowNoise: 0,
      isSampled: false,
      worst: { name: '∂f / ∂inputs[0][1]', input: 0, index: [1], analytic: 12 },
    });
    const { analytic, numeric, error, tolerance, step, rounding } = report.worst ?? fail();
    expect(error).toBeCloseTo(Math.abs(analytic - numeric), 12);
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(tolerance);
    expect(step).toBeCloseTo(2 * 2 ** (-23 / 5), 6);
    // Rounding as 2⁻²⁴ of f = 9, at two points, over 2h; to within what 6 samples tell.
    const expected = (Math.SQRT2 * 2 ** -24 * 9) / (2 * step);
    expect(rounding / expected).toBeGreaterThan(0.3);
    expect(rounding / expected).toBeLessThan(10);
  });

  it('has an error that is what rounding lets expect, over many functions and points', () => {
    const shares = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) => {
      const W = normal([20, 30], seed);
      const report = checkGrads((x: tf.Tensor) => tf.dot(W, x), [normal([30], seed + 100)], {
        order: 1,
      });
      const { error, rounding } = report.worst ?? fail();
      return error / rounding;
    });
    expect(Math.max(...shares)).toBeLessThan(8);
    expect(Math.max(...shares)).toBeGreaterThan(0.3); // the worst of 600 entries
  });

  describe('passes', () => {
    it.each<[string, (...xs: tf.Tensor[]) => tf.Tensor, number[][]]>([
      [
        'a matrix product',
        (A, B) => tf.matMul(A, B),
        [
          [3, 4],
          [4, 2],
        ],
      ],
      ['a cube, also near 0, where its slope is all curvature', (x) => x.mul(x).mul(x), [[40]]],
      ['a sine', (x) => x.sin(), [[3, 5]]],
      ['softplus', (x) => x.softplus(), [[7]]],
      ['a mean square', (x) => x.square().mean(), [[6]]],
      ['a function of no inputs’ entries', (x) => x.sum(), [[0]]],
      ['an output without entries', (x) => x.slice(0, 0), [[3]]],
      ['an input that f does not use', (x) => x.square(), [[3], [2]]],
      ['a constant', () => tf.scalar(2), [[3]]],
      ['the identity', (x) => x, [[3]]],
      ['a scalar input', (x, a) => x.mul(a), [[3], []]],
      ['inputs whose slopes differ', (x, y) => x.mul(1e-3).add(y.mul(10)).sum(), [[3], [3]]],
    ])('%s, to order 2', (_, f, shapes) => {
      const report = checkGrads(
        f,
        shapes.map((shape, i) => normal(shape, i + 1)),
      );
      expect(report.failures).toBe(0);
    });

    it('what has too many gradients for each to be looked at, by a random combination of them', () => {
      const f = (x: tf.Tensor) => x.mul(x).mul(x);
      const { entries } = checkGrads(f, [normal([40])]);
      expect(entries).toBe(40 * 40 + 2 * 40 * 40);
    });
  });

  describe('catches a gradient that', () => {
    const rows = normal([4, 3]);
    const square = normal([3, 3], 5);
    const linear = (x: tf.Tensor) => tf.matMul(x, square);
    const transposed = (dy: tf.Tensor) => tf.matMul(dy, square, false, true);
    const faults: Record<string, (dy: tf.Tensor, x: tf.Tensor) => tf.Tensor> = {
      'is wrong in one row': (dy) => transposed(dy).mul([[1], [1], [1.01], [1]]),
      'is wrong in one entry': (dy) =>
        transposed(dy).mul(tf.ones([4, 3]).sub(tf.oneHot([4, 4, 1, 4], 3).mul(0.02))),
      'has the wrong sign': (dy) => transposed(dy).neg(),
      'is doubled': (dy) => transposed(dy).mul(2),
      'is transposed': (dy) => tf.matMul(dy, square),
      'drops the batch': (dy) => tf.tile(transposed(dy).sum(0, true), [4, 1]),
      'averages the batch': (dy) => transposed(dy).div(4),
      'is zero': (dy) => transposed(dy).mul(0),
      'forgets the upstream gradient': () => transposed(tf.ones([4, 3])),
      'forgets its sign': (dy) => transposed(dy.abs()),
      'clips it': (dy) => transposed(dy.clipByValue(-1, 1)),
    };
    it.each(Object.entries(faults))('%s', (title, fault) => {
      const { failures, entries, worst } = failure(() =>
        checkGrads(withGradient(linear, fault), [rows], { order: 1 }),
      );
      // Each output depends on the three entries of its row.
      const expected: Record<string, number> = {
        'is wrong in one row': 9,
        'is wrong in one entry': 3,
      };
      expect(failures).toBe(expected[title] ?? failures);
      expect(failures).toBeGreaterThan(2);
      if (title.startsWith('is wrong in one')) expect(worst?.index?.[0]).toBe(2);
      expect(entries).toBe(12 * 12);
      checkGrads(withGradient(linear, transposed), [rows], { order: 1 });
    });

    it('is wrong in one row of many, seen by random combinations', () => {
      const f = (fault: number) =>
        withGradient(
          (x) => x.square().sum(),
          (dy, x) =>
            dy
              .mul(x)
              .mul(2)
              .mul(tf.concat([tf.ones([149, 100]), tf.fill([1, 100], fault)])),
        );
      const x = normal([150, 100]);
      expect(checkGrads(f(1), [x], { order: 1 })).toMatchObject({ entries: 256, isSampled: true });
      for (const fault of [-1, 0, 1.5, 2]) {
        const { worst, failures } = failure(() => checkGrads(f(fault), [x], { order: 1 }));
        expect(failures).toBeLessThanOrEqual(3); // the row is in so many blocks
        expect(worst?.index).toBeNull();
        expect(worst?.name).toMatch(
          /^∂f \/ ∂a random combination of inputs\[0\]\[14\d,\d+\] … inputs\[0\]\[149,\d+\]$/,
        );
      }
    });

    it('is wrong in one of many outputs, seen by random combinations', () => {
      const fault = tf.ones([1100]).sub(tf.oneHot(700, 1100).mul(0.5));
      const f = withGradient(
        (x) => x.square(),
        (dy, x) => dy.mul(x).mul(2).mul(fault),
      );
      const { worst, entries, isSampled } = failure(() =>
        checkGrads(f, [normal([1100])], { order: 1 }),
      );
      expect(worst?.index).toEqual([700]);
      expect({ entries, isSampled }).toEqual({ entries: 32 * 1100, isSampled: true });
    });

    it('is wrong at second order only, in the second of two outputs', () => {
      const f = (x: tf.Tensor) => tf.stack([x.square().sum(), x.mul(x.exp()).sum()]);
      const { worst } = failure(() => checkGrads(f, [[1]]));
      expect(worst?.name).toBe('∂(∂f[1] / ∂inputs[0][0]) / ∂inputs[0][0]');
    });

    it('belongs to another input', () => {
      const f = (a: tf.Tensor, b: tf.Tensor) => a.mul(b.clone().square());
      checkGrads(f, [normal([3]), normal([3], 2)]);
      const wrong = (a: tf.Tensor, b: tf.Tensor) =>
        a.mul(
          withGradient(
            (b) => b.square(),
            (dy, b) => dy.mul(b),
          )(b),
        );
      const { worst } = failure(() => checkGrads(wrong, [normal([3]), normal([3], 2)]));
      expect(worst?.input).toBe(1);
      expect(worst?.name).toMatch(/^∂f\[\d\] \/ ∂inputs\[1\]\[\d\]$/);
    });

    it('is lost, because the function read its data', () => {
      const f = (x: tf.Tensor) => tf.tensor(x.dataSync()).square();
      expect(failure(() => checkGrads(f, [[1, 2]])).worst).toMatchObject({ analytic: 0 });
    });

    it('is wrong at second order only, in an entry of the second input', () => {
      const f = (a: tf.Tensor, b: tf.Tensor) => a.square().sum().add(b.exp().sum());
      const { worst, failures } = failure(() => checkGrads(f, [[1, 2], [[0.1, 0.2, 3]]]));
      expect(failures).toBe(3);
      expect(worst?.name).toMatch(/^∂\(∂f \/ ∂inputs\[1\]\[0,(\d)\]\) \/ ∂inputs\[1\]\[0,\1\]$/);
    });

    it('is wrong at second order only, in the first entry of the second input', () => {
      const f = (a: tf.Tensor, b: tf.Tensor) => a.square().sum().add(b.mul(b.exp()).sum());
      const { worst } = failure(() => checkGrads(f, [[1, 2], [0.5]]));
      expect(worst?.name).toBe('∂(∂f / ∂inputs[1][0]) / ∂inputs[1][0]');
    });

    it('is wrong at second order only, seen by random combinations', () => {
      const f = (x: tf.Tensor) => x.exp();
      const { worst } = failure(() => checkGrads(f, [normal([600])]));
      expect(worst?.name).toMatch(/^∂\(∂a random combination of f\[0\] … f\[299\] \/ ∂inputs/);
    });

    it('is more wrong for its tolerance in one entry than in another, where the error is greater', () => {
      const f = withGradient(
        (x) => x.mul([1, 100]),
        (dy) => dy.mul([1.5, 101]),
      );
      expect(failure(() => checkGrads(f, [[1, 1]], { order: 1 })).worst?.index).toEqual([0]);
    });

    it('is right, while its own gradient is not: tfjs’s second order of x eˣ', () => {
      const f = (x: tf.Tensor) => x.mul(x.exp());
      checkGrads(f, [[1]], { order: 1 });
      const { worst } = failure(() => checkGrads(f, [[1]]));
      expect(worst?.name).toBe('∂(∂f[0] / ∂inputs[0][0]) / ∂inputs[0][0]');
      expect(worst?.analytic).toBeCloseTo(2 * Math.E, 4);
      expect(worst?.numeric).toBeCloseTo(3 * Math.E, 2);
    });

    // As the README and `hessian` say. (softmaxCrossEntropy leaks, which tfjs itself refuses in tests.)
    it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
      ['exp', (x) => x.exp()],
      ['tanh', (x) => x.tanh()],
      ['sigmoid', (x) => x.sigmoid()],
      ['softmax', (x) => x.softmax().mul([1, 2, 3])],
      ['logSoftmax', (x) => x.logSoftmax().mul([1, 2, 3])],
      ['elu', (x) => x.elu()],
      ['pow, in its exponent', (x) => tf.pow(2, x)],
      ['sigmoidCrossEntropy', (x) => tf.losses.sigmoidCrossEntropy([1, 0, 1], x)],
    ])('is wrong at second order in tfjs itself: %s', (_, f) => {
      const x = [0.7, -0.4, 1.3];
      expect(checkGrads(f, [x], { order: 1 }).failures).toBe(0);
      expect(failure(() => checkGrads(f, [x])).worst?.name).toMatch(/^∂\(∂f/);
    });

    it('is one element of many, at a tie, where a difference is none', () => {
      const f = (x: tf.Tensor) => topk(x, 2).values.sum();
      const { worst, failures } = failure(() => checkGrads(f, [[3, 1, 1, 1, 0]], { order: 1 }));
      expect(failures).toBe(3);
      expect(worst?.numeric).toBeCloseTo(0.5, 3);
    });
  });

  it('shows analytic and numeric one above the other', () => {
    const wrong = withGradient(
      (x) => x.square(),
      (dy, x) => dy.mul(x),
    );
    expect(() => checkGrads(wrong, [[[1, 2]]], { order: 1, eps: 2 ** -7 })).toThrow(
      new RegExp(
        [
          'checkGrads: gradient and central difference disagree in 2 of 4 entries, most in ∂f\\[0,[01]\\] / ∂inputs\\[0\\]\\[0,[01]\\]:',
          ' {2}analytic {3}[12]',
          ' {2}numeric {4}[24] {3}\\(step 0.00390625\\)',
          ' {2}error {6}[12] {3}\\(tolerance 0.00[0-9]+, expected rounding [0-9.e-]+\\)',
          ' {2}If f is not smooth within the step, set margin or eps.$',
        ].join('\\n'),
      ),
    );
  });

  it('takes atol, rtol and eps as given', () => {
    const off = withGradient(
      (x) => x.square().sum(),
      (dy, x) => dy.mul(x).mul(2.2),
    );
    failure(() => checkGrads(off, [[1, 2]], { order: 1, rtol: 0.05 }));
    const { worst } = checkGrads(off, [[1, 2]], { order: 1, rtol: 0.2, eps: 0.25 });
    expect(worst?.step).toBe(0.25);
    checkGrads(off, [[1, 2]], { order: 1, rtol: 0, atol: 0.5 });
    failure(() => checkGrads(off, [[1, 2]], { order: 1, rtol: 0, atol: 0.3 }));
    const linear = (x: tf.Tensor) => x.mul(2);
    expect(checkGrads(linear, [[1, 2]], { eps: 0.5, atol: 0, rtol: 0 }).worst?.error).toBe(0);
  });

  describe('with a margin', () => {
    const f = (y: tf.Tensor) => topk(y, 1).values.sum();
    const near = [1, 0.999, 0]; // a default step of 0.04 would exchange the first two

    it('shrinks a step that would cross it', () => {
      const inY = selectionMargin(near, 1).margin / Math.SQRT2;
      for (const margin of [inY, [inY], () => inY, () => [inY]]) {
        const { worst } = checkGrads(f, [near], { order: 1, margin });
        expect(worst?.step).toBeCloseTo(inY / 2, 6);
      }
      const { worst } = checkGrads(f, [near], { order: 1, margin: inY, eps: 0.1 });
      expect(worst?.step).toBeCloseTo(inY / 2, 6);
    });

    it('takes the whole step where there is room', () => {
      const { worst } = checkGrads(f, [near], { order: 1, margin: 7e-4, eps: 1e-4 });
      expect(worst?.step).toBeCloseTo(1e-4, 6);
    });

    it('refuses a point on a tie, or too near to one for float32', () => {
      for (const margin of [0, 1e-7]) {
        expect(() => checkGrads(f, [near], { margin })).toThrow(
          `checkGrads: margin must be at least 0.000031 for inputs[0][0], got ${String(margin)}: ` +
            'this close to a point where f is not smooth, no float32 step gives a usable difference',
        );
      }
    });

    it('asks a function of the inputs once', () => {
      const margin = jest.fn((y: tf.Tensor) => selectionMargin(y, 1).margin / 2);
      checkGrads(f, [near], { margin });
      expect(margin).toHaveBeenCalledTimes(1);
    });
  });

  it.each([
    ['1, where all are zero', [0, 0], 1],
    ['the median of those that are not zero', [0, 9, 4, 2], 4],
    ['the median, where the entry is less', [1, 9, 4], 4],
    ['its own, where that is more', [-8, 2, 4], 8],
  ])('takes for the size of an entry %s', (_, x, size) => {
    const f = (x: tf.Tensor) => x.slice(0, 1).mul(3);
    const { worst } = checkGrads(f, [x], { order: 1 });
    expect(worst?.index).toEqual([0]);
    expect((worst?.step ?? 0) / size).toBeCloseTo(2 ** (-23 / 5), 6);
  });

  describe('refuses to pass where rounding hides every slope', () => {
    const hides = (input: string) =>
      `checkGrads: every slope of f in ${input} is below the rounding error of f, so no fault would ` +
      'show; set a larger eps, or an atol to accept this';

    it('of a function', () => {
      const f = (x: tf.Tensor) => x.add(1e6);
      expect(() => checkGrads(f, [[1, 2]])).toThrow(hides('inputs[0]'));
      checkGrads(f, [[1, 2]], { eps: 64 });
      checkGrads(f, [[1, 2]], { atol: 10 });
    });

    it('of one input, whatever gradient it has', () => {
      for (const factor of [1, -1, 10]) {
        const small = withGradient(
          (x) => x.mul(1e-7),
          (dy) => dy.mul(1e-7 * factor),
        );
        const f = (x: tf.Tensor, y: tf.Tensor) => small(x).add(y.mul(1e6)).sum();
        expect(() => checkGrads(f, [normal([3]), normal([3], 2)], { order: 1 })).toThrow(
          hides('inputs[0]'),
        );
      }
    });

    it('of several inputs, unless a gradient is wrong', () => {
      const f = (x: tf.Tensor, y: tf.Tensor) => x.add(y).add(1e6).sum();
      expect(() => checkGrads(f, [[1], [2]])).toThrow(hides('inputs[0], inputs[1]'));
      const wrong = withGradient(
        (x) => x.mul(1e6),
        (dy) => dy,
      );
      const both = (x: tf.Tensor, y: tf.Tensor) => wrong(x).add(y.mul(1e-7)).sum();
      failure(() => checkGrads(both, [[1], [2]], { order: 1 }));
    });

    it('and counts those that it hides, where others are seen', () => {
      const f = (x: tf.Tensor) => x.mul([1, 1e-9]).sum().add(10);
      expect(checkGrads(f, [[1, 1]], { order: 1 })).toMatchObject({ entries: 2, belowNoise: 1 });
      expect(checkGrads(f, [[1, 1]], { order: 1, atol: 2 }).belowNoise).toBe(2);
      const forgotten = withGradient(
        (x) => x.mul([1, 1.5e-6]).add(10),
        (dy) => dy.mul([1, 0]),
      );
      expect(checkGrads(forgotten, [[1, 1]], { order: 1, eps: 1 }).belowNoise).toBe(1);
    });

    it('but not where the gradient is constant, and its own gradient zero but for rounding', () => {
      const f = (x: tf.Tensor) => x.mul(x).div(x).sum();
      const { failures, belowNoise } = checkGrads(f, [[0.9, 1.7]]);
      expect(failures).toBe(0);
      expect(belowNoise).toBeGreaterThan(0);
    });
  });

  it('measures the rounding of f, where it is more than that of its values', () => {
    // At 1024 float32 has steps of 2⁻¹³, and each of the 20 entries of x takes these.
    const f = (x: tf.Tensor) => x.add(1024).sub(1024).sum();
    const { worst } = checkGrads(f, [normal([20])], { order: 1 });
    const expected = (Math.sqrt(20) * 2 ** -13) / Math.sqrt(12) / (Math.SQRT2 * (worst?.step ?? 0));
    expect((worst?.rounding ?? 0) / expected).toBeGreaterThan(0.3);
    expect((worst?.rounding ?? 0) / expected).toBeLessThan(3);
  });

  it('measures it within the margin, and not across what lies beyond', () => {
    const f = (x: tf.Tensor) => x.add(x.sub(1.002).relu().mul(1000));
    const { worst } = checkGrads(f, [[1]], { order: 1, margin: 0.0019 });
    expect(worst?.rounding).toBeLessThan(1e-3);
  });

  it('measures it in all inputs together, each within a quarter of its margin', () => {
    const inputs = [normal([3]), normal([5], 2).mul(100)];
    const margin = [0.001, 0.02];
    const moves: number[][] = [];
    const f = (...xs: tf.Tensor[]) => {
      moves.push(xs.map((x, a) => tf.norm(x.sub(inputs[a])).dataSync()[0]));
      return tf.addN(xs.map((x) => x.sum()));
    };
    checkGrads(f, inputs, { order: 1, margin });
    const together = moves.filter((distances) => distances.every((distance) => distance > 0));
    expect(together).toHaveLength(15); // of 16 points, one is the inputs themselves
    for (const a of [0, 1]) {
      const furthest = Math.max(...together.map((distances) => distances[a])) / margin[a];
      expect(furthest).toBeLessThan(1 / 4);
      expect(furthest).toBeGreaterThan(1 / 16);
    }
  });

  it('halves its step down to 2⁻²¹ of the size of the entry, where no two differences agree', () => {
    const root = withGradient(
      (x) => x.sub(1024).sign().mul(x.sub(1024).abs().sqrt()),
      (dy) => dy,
    );
    let least = Infinity;
    const f = (x: tf.Tensor) => {
      const distance = Math.abs(x.dataSync()[0] - 1024);
      if (distance > 0) least = Math.min(least, distance);
      return root(x);
    };
    const options = { order: 1, atol: 0, margin: 1 } as const;
    expect(() => checkGrads(f, [[1024]], options)).toThrow('disagree');
    expect(least / 1024).toBeGreaterThanOrEqual(2 ** -21);
    expect(least / 1024).toBeLessThan(2 ** -20);
  });

  it('takes a value for the same that differs by up to a thousandth of the greatest', () => {
    const f = (change: number) => {
      let calls = 0;
      return (x: tf.Tensor) => x.mul([-1, 1e-3]).mul(calls++ === 2 ? 1 + change : 1);
    };
    const options = { order: 1, atol: 1 } as const;
    expect(checkGrads(f(5e-4), [[8, 8]], options).failures).toBe(0);
    expect(() => checkGrads(f(2e-3), [[8, 8]], options)).toThrow(
      /^checkGrads: f must return the same values at each call, got -8 and -8\.01[56]/,
    );
  });

  it('takes probes of the outputs, where the Jacobian has more than 2²³ entries', () => {
    const entries = (outputs: number) => {
      const f = (x: tf.Tensor) => x.slice(0, outputs);
      return checkGrads(f, [normal([16384])], { order: 1 }).entries;
    };
    expect(entries(512)).toBe(512 * 256);
    expect(entries(513)).toBe(32 * 256);
  });

  it('has no need of a margin for a kink that is within the step, but not near', () => {
    const f = (x: tf.Tensor) => x.sub(1.01).relu().add(x).square();
    expect(checkGrads(f, [[1, 1.02, 0.99]]).failures).toBe(0);
  });

  it('finds right what is right for entries of very different size', () => {
    const logs = (x: tf.Tensor) => x.log();
    expect(checkGrads(logs, [[0.001, 0.1, 1, 10, 1000]], { order: 1 }).failures).toBe(0);
    const inverse = (x: tf.Tensor) => tf.div(1, x);
    expect(checkGrads(inverse, [[0.1, 100]], { order: 1 }).failures).toBe(0);
    const sine = (x: tf.Tensor) => x.sin();
    expect(checkGrads(sine, [[1000, 0.5, 0.3]], { order: 1 }).failures).toBe(0);
    const fifth = (x: tf.Tensor) => x.mul(x.square().square());
    expect(checkGrads(fifth, [[1, 0.009]], { order: 1 }).failures).toBe(0);
  });

  it('takes the same tensor twice', () => {
    const x = normal([4]);
    expect(checkGrads((a, b) => a.mul(b), [x, x]).failures).toBe(0);
  });

  describe('refuses', () => {
    const f = (x: tf.Tensor) => x.square();
    let calls = 0;
    it.each<[string, () => unknown, string]>([
      ['no tensor', () => checkGrads((() => 3) as never, [[1]]), 'f must return a tensor, got 3'],
      [
        'a promise',
        () => checkGrads((() => Promise.resolve(tf.scalar(1))) as never, [[1]]),
        'f must return a tensor, got Promise',
      ],
      ['bool', () => checkGrads((x) => x.greater(0), [[1]]), 'f must return float32, got bool'],
      [
        'integers',
        () => checkGrads(f, [tf.tensor1d([1], 'int32')]),
        'inputs[0] must be float32, got int32',
      ],
      [
        'an array of integers',
        () => checkGrads(f, [Int32Array.of(1)]),
        'inputs[0] must be float32, got int32',
      ],
      [
        'NaN',
        () => checkGrads((x, y) => x.mul(y), [[1], [NaN]]),
        'inputs[1] must be finite, got NaN',
      ],
      [
        'inputs that are no array',
        () => checkGrads(f, tf.scalar(1) as never),
        'inputs must be an array of tensors or array-likes, got Tensor',
      ],
      [
        'no inputs',
        () => checkGrads(f, [] as never),
        'inputs must be an array of tensors or array-likes, got none',
      ],
      [
        'infinite values',
        () => checkGrads((x) => x.div(0), [[1]]),
        'f must be finite at the inputs, got Infinity',
      ],
      [
        'values that are not finite near the point',
        () => checkGrads((x) => x.add(x.div(x.greaterEqual(1).cast('float32')).sub(x)), [[1, 2]]),
        'f must be finite at a distance of',
      ],
      [
        'a shape that changes',
        () => checkGrads((x) => x.slice(0, (++calls % 2) + 1), [[1, 2]]),
        'f must return the same shape at each call, got [2] and [1]',
      ],
      ['eps = 0', () => checkGrads(f, [[1]], { eps: 0 }), 'eps must be a finite number > 0, got 0'],
      [
        'eps < 0',
        () => checkGrads(f, [[1]], { eps: -1 }),
        'eps must be a finite number > 0, got -1',
      ],
      [
        'eps = ∞',
        () => checkGrads(f, [[1]], { eps: Infinity }),
        'eps must be a finite number > 0, got Infinity',
      ],
      [
        'eps in words',
        () => checkGrads(f, [[1]], { eps: '1' as never }),
        'eps must be a finite number > 0, got "1"',
      ],
      [
        'an eps that float32 rounds away',
        () => checkGrads(f, [[100]], { eps: 1e-6 }),
        'eps must be at least 0.000048 for inputs[0][0], got 0.000001',
      ],
      [
        'atol < 0',
        () => checkGrads(f, [[1]], { atol: -1 }),
        'atol must be a finite number >= 0, got -1',
      ],
      [
        'rtol = NaN',
        () => checkGrads(f, [[1]], { rtol: NaN }),
        'rtol must be a finite number >= 0, got NaN',
      ],
      ['order 3', () => checkGrads(f, [[1]], { order: 3 as never }), 'order must be 1 or 2, got 3'],
      [
        'a gradient that is not a number',
        () => checkGrads((x) => x.square().sqrt(), [[0, 1]]),
        'the gradient of f[0] must be finite, got NaN',
      ],
      [
        'a function that changes',
        () => checkGrads((x) => x.mul(++calls), [[1]]),
        'f must return the same values at each call, got ',
      ],
      [
        'no function',
        () => checkGrads(undefined as never, [[1]]),
        'f must be a function, got undefined',
      ],
      [
        'an option that it does not know',
        () => checkGrads(f, [[1]], { margins: 1 } as never),
        'options must have no names but order, eps, atol, rtol, margin, got "margins"',
      ],
      [
        'options null',
        () => checkGrads(f, [[1]], null as never),
        'options must be an object, got null',
      ],
      [
        'margin NaN',
        () => checkGrads(f, [[1]], { margin: NaN }),
        'margin must be a number >= 0, got NaN',
      ],
      [
        'margin < 0',
        () => checkGrads(f, [[1]], { margin: () => [-1] }),
        'margin must be a number >= 0, got -1',
      ],
      [
        'a margin in words',
        () => checkGrads(f, [[1]], { margin: 'wide' as never }),
        'margin must be a number >= 0, got "wide"',
      ],
      [
        'a margin too many',
        () => checkGrads(f, [[1]], { margin: [1, 2] }),
        'margin must be one number or one for each input, got 2 for 1',
      ],
    ])('%s', (_, call, message) => {
      const before = tf.memory().numTensors;
      const run = () => {
        tf.tidy(() => {
          call();
        });
      };
      expect(run).toThrow(`checkGrads: ${message}`);
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it('passes on why an operation has no gradient', () => {
    expect(() => checkGrads((x: tf.Tensor) => x.cumprod(), [[1, 2]])).toThrow(
      'gradient function not found for Cumprod',
    );
  });
});

function fail(): never {
  throw new Error('there is no worst entry');
}
