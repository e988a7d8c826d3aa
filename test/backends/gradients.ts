import * as tf from '@tensorflow/tfjs';
import {
  hessian,
  jacobian,
  selectionMatrix,
  topk,
  topkDirectionalDerivative,
  type TopkOptions,
} from '../../src/index.ts';
import { check } from './check.ts';
import { permutation, read, type Case } from './helpers.ts';

/** The gradients of topk, of stock tf.topk, and their own gradients. */
export const gradients: Case[] = [];

function it(title: string, run: Case['run']): void {
  gradients.push({ title, run });
}

const PRODUCT: [number[], number, TopkOptions][] = [
  [[5, 10, 5], 3, {}],
  [[5, 10, 5], 3, { axis: 1 }],
  [[5, 10, 5], 3, { axis: -2 }],
  [[5, 10, 5], 3, { largest: false }],
  [[5, 10, 5], 3, { sorted: false }],
  [[5, 10, 5], 3, { axis: 0, largest: false }],
  [[4], 1, {}],
  [[4], 3, {}],
  [[4], 3, { axis: 0 }],
  [[5, 5], 1, {}],
  [[5, 5], 1, { axis: 0 }],
  [[5, 5], 3, { axis: 0 }],
  [[3, 1, 4], 1, { axis: 0 }],
  [[3, 1, 4], 3, { axis: 0 }],
  [[3, 1, 4], 3, {}],
  [[5, 10, 5], 8, { axis: 1, sorted: false, largest: false }],
];

for (const [shape, k, options] of PRODUCT) {
  const name = `[${shape.join(', ')}], k = ${String(k)}, ${JSON.stringify(options)}`;

  // L = Σ c v³: dL/dx = 3 c v² and the Hessian's diagonal 6 c v at the selected places. A central
  // difference of step h is 3 c v² + c h², and the gaps of 1 leave room for h = 0.01.
  it(`has the gradients of orders 1 and 2 for ${name}`, async () => {
    const x = permutation(shape).div(10).sub(2);
    const loss = (x: tf.Tensor) => {
      const v = topk(x, k, options).values;
      const c = tf.range(1, v.size + 1).reshape(v.shape);
      return v.mul(v).mul(v).mul(c).sum();
    };
    const { indices } = topk(x, k, options);
    const gradient = await tf.grad(loss)(x).data();
    const hessian = await tf
      .grad((x) => tf.grad(loss)(x).sum())(x)
      .data();

    const [data, places] = [await x.data(), await indices.data()];
    const axis = (options.axis ?? -1) + ((options.axis ?? -1) < 0 ? shape.length : 0);
    const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const first = new Float64Array(x.size);
    const second = new Float64Array(x.size);
    places.forEach((place, i) => {
      const outer = Math.floor(i / (inner * k));
      const at = (outer * shape[axis] + place) * inner + (i % inner);
      first[at] = 3 * (i + 1) * data[at] ** 2;
      second[at] = 6 * (i + 1) * data[at];
    });
    checkClose(gradient, first, 'gradient');
    checkClose(hessian, second, 'second order');
  });
}

function checkClose(actual: ArrayLike<number>, expected: ArrayLike<number>, of: string): void {
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i] - expected[i]);
    if (!(error <= 1e-5 * Math.max(1, Math.abs(expected[i])))) {
      throw new Error(`${of}[${String(i)}]: ${String(actual[i])} should be ${String(expected[i])}`);
    }
  }
}

it('has the gradient that central differences find', async () => {
  const x = permutation([5, 5]).div(5);
  const loss = (x: tf.Tensor) => {
    const v = topk(x, 3).values;
    return v.mul(v).sum();
  };
  const gradient = await tf.grad(loss)(x).data();
  const [data, h] = [await x.data(), 2 ** -6];
  const numeric = [];
  for (let i = 0; i < data.length; i++) {
    const at = async (step: number) => {
      const moved = Float32Array.from(data);
      moved[i] += step;
      return (await loss(tf.tensor(moved, x.shape)).data())[0];
    };
    numeric.push(((await at(h)) - (await at(-h))) / (2 * h));
  }
  numeric.forEach((slope, i) => {
    if (Math.abs(slope - gradient[i]) > 2e-3)
      throw new Error(`${String(gradient[i])} should be ${String(slope)}`);
  });
});

it('sends the upstream gradient to the selected places', async () => {
  const x = tf.tensor2d([
    [2, -1, 1000, 3, 4],
    [1, 5, 2, 4, 3],
  ]);
  const upstream = tf.tensor2d([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  for (const select of [topk, tf.topk]) {
    check(await read(tf.grad((x) => select(x, 3).values)(x, upstream)), [
      [0, 0, 1, 3, 2],
      [0, 4, 0, 5, 6],
    ]);
  }
});

it('has the gradient of the one-hot formulation on random rows', async () => {
  for (const [rows, n, k] of [
    [1, 1, 1],
    [4, 6, 3],
    [3, 40, 40],
    [20, 33, 5],
  ]) {
    const x = tf.randomNormal([rows, n], 0, 1, 'float32', rows + n);
    const upstream = tf.randomNormal([rows, k], 0, 1, 'float32', k);
    const gradient = tf.grad((x) => topk(x, k).values)(x, upstream);
    const P = selectionMatrix(topk(x, k).indices, n); // [rows, k, n]
    const oneHot = P.mul(upstream.expandDims(-1)).sum(1);
    check(await read(gradient), await read(oneHot));
  }
});

it('has zero gradients of orders 1 and 2 for k = 0', async () => {
  for (const shape of [[3], [2, 3]]) {
    const x = permutation(shape);
    // Not a sum of no entries, which is not 0 on wasm, and throws on webgpu.
    const loss = (x: tf.Tensor) => tf.concat([topk(x, 0).values.square(), x.square()], -1).sum();
    check(await tf.grad(loss)(x).data(), await x.mul(2).data());
    const second = tf.grad((x) => tf.grad(loss)(x).sum());
    check(await second(x).data(), new Float32Array(x.size).fill(2), 'second order');
  }
});

it('has gradients of orders 1 and 2 where there is nothing to gather, or nothing at all', async () => {
  const orders = async (loss: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) => {
    const withX = (x: tf.Tensor) => tf.concat([loss(x).flatten(), x.square().flatten()]).sum();
    const first = tf.grad(withX)(x);
    const second = tf.grad((x) => tf.grad(withX)(x).sum())(x);
    check(await first.data(), await x.mul(2).data());
    check(await second.data(), new Float32Array(x.size).fill(2), 'second order');
  };
  const none = tf.tensor1d([], 'int32');
  await orders((x) => tf.gather(x, none).square(), tf.tensor1d([1, 2, 3]));
  // An x without entries has only shapes to get wrong.
  const empty = tf.zeros([0, 3]);
  const loss = (x: tf.Tensor) => topk(x, 1).values.square();
  check(tf.grad(loss)(empty).shape, [0, 3]);
  check(tf.grad((x) => tf.grad(loss)(x))(empty).shape, [0, 3]);
});

it('gives a batch what it gives each row', async () => {
  const x = permutation([5, 3, 4]);
  const [values, indices] = [topk(x, 3).values, topk(x, 3).indices];
  const dx = tf.grad((x) => topk(x, 3).values.square().sum())(x);
  for (const [i, matrix] of x.unstack().entries()) {
    for (const [j, row] of matrix.unstack().entries()) {
      const alone = topk(row, 3);
      check(await read(values.slice([i, j], [1, 1]).flatten()), await read(alone.values));
      check(await read(indices.slice([i, j], [1, 1]).flatten()), await read(alone.indices));
      const dRow = tf.grad((row) => topk(row, 3).values.square().sum())(row);
      check(await read(dx.slice([i, j], [1, 1]).flatten()), await read(dRow), 'gradient');
    }
  }
});

it('returns a vertex of the subdifferential at a tie, where central differences do not', async () => {
  const tie = [3, 1, 1, 1, 0];
  const squares = (x: tf.Tensor) => topk(x, 2).values.square().sum();
  const values = (x: tf.Tensor) => topk(x, 2).values.sum();
  check(await tf.grad(squares)(tf.tensor1d(tie)).data(), [6, 2, 0, 0, 0]);
  check(await tf.grad(values)(tf.tensor1d(tie)).data(), [1, 1, 0, 0, 0]);
  const differences = [];
  for (let i = 0; i < 5; i++) {
    const at = async (step: number) => {
      const moved = tie.map((entry, j) => (j === i ? entry + step : entry));
      return (await values(tf.tensor1d(moved)).data())[0];
    };
    differences.push(((await at(0.5)) - (await at(-0.5))) / 1);
  }
  check(differences, [1, 0.5, 0.5, 0.5, 0]);
});

it('shares the gradient among all that tie at the cut, with tieGradient even', async () => {
  // Σ (i + 1) vᵢ² has the slopes 2 (i + 1) vᵢ, and of these the slopes 2 (i + 1).
  const checkEven = async (
    x: tf.TensorLike,
    k: number,
    options: TopkOptions,
    [first, second]: [number[], number[]],
  ) => {
    const loss = (x: tf.Tensor) => {
      const v = topk(x, k, { ...options, tieGradient: 'even' }).values;
      return v
        .mul(v)
        .mul(tf.range(1, k + 1))
        .sum();
    };
    const gradient = tf.grad(loss);
    checkClose(await gradient(tf.tensor(x)).data(), first, 'gradient');
    const ofSum = tf.grad((x) => gradient(x).sum());
    checkClose(await ofSum(tf.tensor(x)).data(), second, 'second order');
  };
  const [a, b] = [4 / 3, 10 / 3];
  await checkEven([3, 1, 1, 1, 0], 2, {}, [
    [6, a, a, a, 0],
    [2, a, a, a, 0],
  ]);
  await checkEven([3, 1, 1, 1, 0], 3, {}, [
    [6, b, b, b, 0],
    [2, b, b, b, 0],
  ]);
  // All that tie are selected, or they tie above the cut: then each has its own.
  await checkEven([3, 1, 1, 0], 3, {}, [
    [6, 4, 6, 0],
    [2, 4, 6, 0],
  ]);
  await checkEven([3, 3, 1, 0], 3, {}, [
    [6, 12, 6, 0],
    [2, 4, 6, 0],
  ]);
  await checkEven([0, 1, 1, 3], 2, { largest: false }, [
    [0, 2, 2, 0],
    [2, 2, 2, 0],
  ]);
  const rows = [
    [2, 2, 2, 2],
    [2, 1, 0, 1],
  ];
  await checkEven(rows, 2, {}, [
    [3, 3, 3, 3, 4, 2, 0, 2],
    [1.5, 1.5, 1.5, 1.5, 2, 2, 0, 2],
  ]);
  await checkEven(tf.util.toTypedArray([2, 2, 2], 'float32'), 2, { sorted: false }, [
    [4, 4, 4],
    [2, 2, 2],
  ]);
});

it('has the selection matrix as its Jacobian, and for Σ v² a Hessian of 2 on the selected', async () => {
  const y = permutation([5]).div(4);
  const P = selectionMatrix(topk(y, 2).indices, 5);
  const J = jacobian((y: tf.Tensor) => topk(y, 2).values)(y);
  check(await read(J), await read(P));
  const H = hessian((y: tf.Tensor) => {
    const v = topk(y, 2).values;
    return v.mul(v).sum();
  })(y);
  check(await read(H), await read(tf.eye(5).mul(tf.sum(P, 0).mul(2))));
});

it('has one-sided derivatives at ties, for each row of a batch', async () => {
  const y = [
    [3, 1, 1, 1, 0],
    [2, 2, 1, 1, 0],
  ];
  const d = [
    [1, 2, 3, 4, 5],
    [5, 6, 7, 8, 9],
  ];
  check(await read(topkDirectionalDerivative(y, 2, d)), [
    [1, 4],
    [6, 5],
  ]);
});

it('has the gradient of order 3', async () => {
  const cubes = (x: tf.Tensor) => {
    const v = topk(x, 2).values;
    return v.mul(v).mul(v).sum();
  };
  const second = (x: tf.Tensor) => tf.grad((x) => tf.grad(cubes)(x).sum())(x);
  const third = tf.grad((x) => second(x).sum());
  check(await third(tf.tensor1d([3, 1, 2, 5])).data(), [6, 0, 0, 6]);
});

it('scatters many rows, each from its own updates', async () => {
  const x = tf.randomNormal([300, 40], 0, 1, 'float32', 2);
  const { values, indices } = topk(x, 5);
  const dx = (await read(tf.grad((x) => topk(x, 5).values.square().sum())(x))) as number[][];
  const [v, at] = [await read(values), await read(indices)] as [number[][], number[][]];
  const expected = v.map((row, b) => {
    const sparse = Array<number>(40).fill(0);
    row.forEach((value, j) => (sparse[at[b][j]] = 2 * value));
    return sparse;
  });
  check(dx, expected);
});

it('has gradient zero for a loss of the indices alone', async () => {
  const loss = (x: tf.Tensor) => topk(x, 2).indices.cast('float32').sum();
  check(
    await tf
      .grad(loss)(tf.tensor1d([3, 1, 2]))
      .data(),
    [0, 0, 0],
  );
});
