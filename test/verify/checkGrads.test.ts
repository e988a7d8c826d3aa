import * as tf from '@tensorflow/tfjs';
import { checkGrads } from '../../src/index.ts';
import { failedReport } from './failedReport.ts';
import { withGradient } from './withGradient.ts';

const normal = (shape: number[], seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('checkGrads', () => {
  it('reports how many entries it compared, and the one closest to its tolerance', () => {
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
    // The rounding error of f = 9 is about 2⁻²⁴ · 9. It counts twice, over 2h; few samples tell no more.
    const expected = (Math.SQRT2 * 2 ** -24 * 9) / (2 * step);
    expect(rounding / expected).toBeGreaterThan(0.3);
    expect(rounding / expected).toBeLessThan(10);
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
      ['a function of an empty input', (x) => x.sum(), [[0]]],
      ['an empty output', (x) => x.slice(0, 0), [[3]]],
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
  });

  it('checks two combinations of the outputs at order 2, where they have too many gradients', () => {
    const f = (x: tf.Tensor) => x.mul(x).mul(x);
    const { entries } = checkGrads(f, [normal([40])]);
    expect(entries).toBe(40 * 40 + 2 * 40 * 40);
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
      const { failures, entries, worst } = failedReport(() =>
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

    it('is wrong in one of many rows, by random combinations', () => {
      const f = (fault: number) =>
        withGradient(
          (x) => x.square().sum(),
          (dy, x) =>
            dy
              .mul(x)
              .mul(2)
              .mul(tf.concat([tf.ones([82, 100]), tf.fill([1, 100], fault)])),
        );
      const x = normal([83, 100]); // more entries than are checked one by one
      expect(checkGrads(f(1), [x], { order: 1 })).toMatchObject({ entries: 256, isSampled: true });
      for (const fault of [-1, 0, 1.5, 2]) {
        const { worst, failures } = failedReport(() => checkGrads(f(fault), [x], { order: 1 }));
        expect(failures).toBeLessThanOrEqual(5); // the row is in so many blocks of 32 or 33
        expect(worst?.index).toBeNull();
        expect(worst?.name).toMatch(
          /^∂f \/ ∂a random combination of inputs\[0\]\[8[12],\d+\] … inputs\[0\]\[82,\d+\]$/,
        );
      }
    });

    it('is wrong in one of many outputs, by random combinations', () => {
      const fault = tf.ones([1100]).sub(tf.oneHot(700, 1100).mul(0.5));
      const f = withGradient(
        (x) => x.square(),
        (dy, x) => dy.mul(x).mul(2).mul(fault),
      );
      const { worst, entries, isSampled } = failedReport(() =>
        checkGrads(f, [normal([1100])], { order: 1 }),
      );
      expect(worst?.index).toEqual([700]);
      expect({ entries, isSampled }).toEqual({ entries: 32 * 1100, isSampled: true });
    });

    it('is wrong at second order only, in the second of two outputs', () => {
      const f = (x: tf.Tensor) => tf.stack([x.square().sum(), x.mul(x.exp()).sum()]);
      const { worst } = failedReport(() => checkGrads(f, [[1]]));
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
      const { worst } = failedReport(() => checkGrads(wrong, [normal([3]), normal([3], 2)]));
      expect(worst?.input).toBe(1);
      expect(worst?.name).toMatch(/^∂f\[\d\] \/ ∂inputs\[1\]\[\d\]$/);
    });

    it('is lost because the function reads its data', () => {
      const f = (x: tf.Tensor) => tf.tensor(x.dataSync()).square();
      expect(failedReport(() => checkGrads(f, [[1, 2]])).worst).toMatchObject({ analytic: 0 });
    });

    it('is wrong at second order only, in an entry of the second input', () => {
      const f = (a: tf.Tensor, b: tf.Tensor) => a.square().sum().add(b.exp().sum());
      const { worst, failures } = failedReport(() => checkGrads(f, [[1, 2], [[0.1, 0.2, 3]]]));
      expect(failures).toBe(3);
      expect(worst?.name).toMatch(/^∂\(∂f \/ ∂inputs\[1\]\[0,(\d)\]\) \/ ∂inputs\[1\]\[0,\1\]$/);
    });

    it('is wrong at second order only, in the first entry of the second input', () => {
      const f = (a: tf.Tensor, b: tf.Tensor) => a.square().sum().add(b.mul(b.exp()).sum());
      const { worst } = failedReport(() => checkGrads(f, [[1, 2], [0.5]]));
      expect(worst?.name).toBe('∂(∂f / ∂inputs[1][0]) / ∂inputs[1][0]');
    });

    it('is wrong at second order only, by random combinations', () => {
      const f = (x: tf.Tensor) => x.exp();
      const { worst } = failedReport(() => checkGrads(f, [normal([600])]));
      expect(worst?.name).toMatch(/^∂\(∂a random combination of f\[0\] … f\[299\] \/ ∂inputs/);
    });

    it('is further beyond its tolerance in one entry than in another with a larger error', () => {
      const f = withGradient(
        (x) => x.mul([1, 100]),
        (dy) => dy.mul([1.5, 101]),
      );
      expect(failedReport(() => checkGrads(f, [[1, 1]], { order: 1 })).worst?.index).toEqual([0]);
    });

    it('is right, but whose own gradient is wrong: that of x eˣ in tfjs', () => {
      const f = (x: tf.Tensor) => x.mul(x.exp());
      checkGrads(f, [[1]], { order: 1 });
      const { worst } = failedReport(() => checkGrads(f, [[1]]));
      expect(worst?.name).toBe('∂(∂f[0] / ∂inputs[0][0]) / ∂inputs[0][0]');
      expect(worst?.analytic).toBeCloseTo(2 * Math.E, 4);
      expect(worst?.numeric).toBeCloseTo(3 * Math.E, 2);
    });

    // As the docs and `hessian` say. (softmaxCrossEntropy leaks, which tfjs itself refuses in tests.)
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
      expect(failedReport(() => checkGrads(f, [x])).worst?.name).toMatch(/^∂\(∂f/);
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
          'checkGrads: order 1: gradient and central difference disagree in 2 of 4 entries, most in ∂f\\[0,[01]\\] / ∂inputs\\[0\\]\\[0,[01]\\]:',
          ' {2}analytic {3}[12]',
          ' {2}numeric {4}[24] {3}\\(step 0.00390625\\)',
          ' {2}error {6}[12] {3}\\(tolerance 0.00[0-9]+, expected rounding [0-9.e-]+\\)',
          ' {2}If f is not smooth within the step, set margin or eps.$',
        ].join('\\n'),
      ),
    );
  });

  it.each([
    ['1, if all entries are zero', [0, 0], 1],
    ['the median of the non-zero entries', [0, 9, 4, 2], 4],
    ['the median, if the entry is smaller', [1, 9, 4], 4],
    ['its own magnitude, if that is larger', [-8, 2, 4], 8],
  ])('scales the step of an entry with %s', (_, x, size) => {
    const f = (x: tf.Tensor) => x.slice(0, 1).mul(3);
    const { worst } = checkGrads(f, [x], { order: 1 });
    expect(worst?.index).toEqual([0]);
    expect((worst?.step ?? 0) / size).toBeCloseTo(2 ** (-23 / 5), 6);
  });

  describe('refuses slopes that are all below the rounding error', () => {
    const refusal = (input: string) =>
      `checkGrads: every slope of f in ${input} is below the rounding error of f, so no fault would ` +
      'show; set a larger eps, or an atol to accept this';

    it('of the only input', () => {
      const f = (x: tf.Tensor) => x.add(1e6);
      expect(() => checkGrads(f, [[1, 2]])).toThrow(refusal('inputs[0]'));
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
          refusal('inputs[0]'),
        );
      }
    });

    it('of several inputs, unless a gradient is wrong', () => {
      const f = (x: tf.Tensor, y: tf.Tensor) => x.add(y).add(1e6).sum();
      expect(() => checkGrads(f, [[1], [2]])).toThrow(refusal('inputs[0], inputs[1]'));
      const wrong = withGradient(
        (x) => x.mul(1e6),
        (dy) => dy,
      );
      const both = (x: tf.Tensor, y: tf.Tensor) => wrong(x).add(y.mul(1e-7)).sum();
      failedReport(() => checkGrads(both, [[1], [2]], { order: 1 }));
    });

    it('but only counts them if others are above it', () => {
      const f = (x: tf.Tensor) => x.mul([1, 1e-9]).sum().add(10);
      expect(checkGrads(f, [[1, 1]], { order: 1 })).toMatchObject({ entries: 2, belowNoise: 1 });
      expect(checkGrads(f, [[1, 1]], { order: 1, atol: 2 }).belowNoise).toBe(2);
      const forgotten = withGradient(
        (x) => x.mul([1, 1.5e-6]).add(10),
        (dy) => dy.mul([1, 0]),
      );
      expect(checkGrads(forgotten, [[1, 1]], { order: 1, eps: 1 }).belowNoise).toBe(1);
    });

    it('but not of a constant gradient, whose own gradient is zero but for rounding', () => {
      const f = (x: tf.Tensor) => x.mul(x).div(x).sum();
      const { failures, belowNoise } = checkGrads(f, [[0.9, 1.7]]);
      expect(failures).toBe(0);
      expect(belowNoise).toBeGreaterThan(0);
    });
  });

  it('halves its step down to 2⁻²¹ times the magnitude of the entry if no two differences agree', () => {
    const root = withGradient(
      (x) => x.sub(1024).sign().mul(x.sub(1024).abs().sqrt()),
      (dy) => dy,
    );
    let smallest = Infinity;
    const f = (x: tf.Tensor) => {
      const distance = Math.abs(x.dataSync()[0] - 1024);
      if (distance > 0) smallest = Math.min(smallest, distance);
      return root(x);
    };
    const options = { order: 1, atol: 0, margin: 1 } as const;
    expect(() => checkGrads(f, [[1024]], options)).toThrow('disagree');
    expect(smallest / 1024).toBeGreaterThanOrEqual(2 ** -21);
    expect(smallest / 1024).toBeLessThan(2 ** -20);
  });

  it('accepts values that change from call to call by up to a thousandth of the largest', () => {
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

  it('checks combinations of outputs if the Jacobian has more than 2²³ entries', () => {
    const entries = (outputs: number) => {
      const f = (x: tf.Tensor) => x.slice(0, outputs);
      return checkGrads(f, [normal([16384])], { order: 1 }).entries;
    };
    expect(entries(512)).toBe(512 * 256);
    expect(entries(513)).toBe(32 * 256);
  });

  it('needs no margin for a kink that is within the step but not close', () => {
    const f = (x: tf.Tensor) => x.sub(1.01).relu().add(x).square();
    expect(checkGrads(f, [[1, 1.02, 0.99]]).failures).toBe(0);
  });

  it('passes right gradients for entries of very different magnitude', () => {
    const logs = (x: tf.Tensor) => x.log();
    expect(checkGrads(logs, [[0.001, 0.1, 1, 10, 1000]], { order: 1 }).failures).toBe(0);
    const inverse = (x: tf.Tensor) => tf.div(1, x);
    expect(checkGrads(inverse, [[0.1, 100]], { order: 1 }).failures).toBe(0);
    const sine = (x: tf.Tensor) => x.sin();
    expect(checkGrads(sine, [[1000, 0.5, 0.3]], { order: 1 }).failures).toBe(0);
    const fifth = (x: tf.Tensor) => x.mul(x.square().square());
    expect(checkGrads(fifth, [[1, 0.009]], { order: 1 }).failures).toBe(0);
  });

  it('takes subnormal entries, also beside larger ones', () => {
    const f = (x: tf.Tensor) => x.mul(3).sum();
    for (const x of [[1e-40], [1e-45, 1e-36, 1e-36], [1e-45, 1]]) {
      expect(checkGrads(f, [x], { order: 1 }).failures).toBe(0);
      const wrong = withGradient(f, (dy) => dy.mul(tf.onesLike(tf.tensor(x))).mul(4));
      const { failures } = failedReport(() => checkGrads(wrong, [x], { order: 1 }));
      expect(failures).toBe(x.length);
    }
  });

  it('accepts the same tensor for two inputs', () => {
    const x = normal([4]);
    expect(checkGrads((a, b) => a.mul(b), [x, x]).failures).toBe(0);
  });

  describe('refuses', () => {
    const f = (x: tf.Tensor) => x.square();
    let calls = 0;
    it.each<[string, () => unknown, string]>([
      [
        'a number instead of a tensor',
        () => checkGrads((() => 3) as never, [[1]]),
        'f must return a tensor, got 3',
      ],
      [
        'a promise instead of a tensor',
        () => checkGrads((() => Promise.resolve(tf.scalar(1))) as never, [[1]]),
        'f must return a tensor, got Promise',
      ],
      [
        'a bool tensor from f',
        () => checkGrads((x) => x.greater(0), [[1]]),
        'f must return float32, got bool',
      ],
      [
        'integer inputs',
        () => checkGrads(f, [tf.tensor1d([1], 'int32')]),
        'inputs[0] must be float32, got int32',
      ],
      [
        'an array of int32 integers',
        () => checkGrads(f, [Int32Array.of(1)]),
        'inputs[0] must be float32, got int32',
      ],
      [
        'NaN in an input',
        () => checkGrads((x, y) => x.mul(y), [[1], [NaN]]),
        'inputs[1] must be finite, got NaN',
      ],
      [
        'inputs that are not an array',
        () => checkGrads(f, tf.scalar(1) as never),
        'inputs must be an array of tensors or array-likes, got Tensor',
      ],
      [
        'an empty array of inputs',
        () => checkGrads(f, [] as never),
        'inputs must be an array of tensors or array-likes, got none',
      ],
      [
        'infinite values of f',
        () => checkGrads((x) => x.div(0), [[1]]),
        'f must be finite at the inputs, got Infinity',
      ],
      [
        'values that are not finite near the point',
        () => checkGrads((x) => x.add(x.div(x.greaterEqual(1).cast('float32')).sub(x)), [[1, 2]]),
        'f must be finite at a distance of',
      ],
      [
        'an entry so small that float32 has no step beside it',
        () => checkGrads(f, [[1e-45]]),
        'inputs[0][0] must be 0 or at least 1.4e-43 in magnitude, got 1.4e-45: the spacing of float32',
      ],
      [
        'an entry so large that a step leaves the range of float32',
        () => checkGrads((x) => x.mul(1e-30), [[1, 3.4028234e38]]),
        'inputs[0][1] must be within the range of float32 at a distance of',
      ],
      [
        'a shape that changes',
        () => checkGrads((x) => x.slice(0, (++calls % 2) + 1), [[1, 2]]),
        'f must return the same shape at each call, got [2] and [1]',
      ],
      [
        'a gradient with NaN',
        () => checkGrads((x) => x.square().sqrt(), [[0, 1]]),
        'the gradient of f[0] must be finite, got NaN',
      ],
      [
        'a function that changes',
        () => checkGrads((x) => x.mul(++calls), [[1]]),
        'f must return the same values at each call, got ',
      ],
      [
        'undefined instead of a function',
        () => checkGrads(undefined as never, [[1]]),
        'f must be a function, got undefined',
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

  it('says which operation has no gradient, and of which order', () => {
    expect(() => checkGrads((x: tf.Tensor) => x.max(), [[3, 2, 1]])).toThrow(
      'checkGrads: order 2: tfjs has no gradient of Equal, which the gradient of f uses; order 1 agrees, and { order: 1 } checks only that',
    );
    expect(checkGrads((x: tf.Tensor) => x.max(), [[3, 2, 1]], { order: 1 }).failures).toBe(0);
    expect(() => checkGrads((x: tf.Tensor) => x.cumprod(), [[1, 2]])).toThrow(
      'checkGrads: order 1: tfjs has no gradient of Cumprod, which f uses',
    );
  });
});

function fail(): never {
  throw new Error('there is no worst entry');
}
