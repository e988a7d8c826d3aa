import * as tf from '@tensorflow/tfjs';
import * as library from '../../src/index.ts';

const { topk, selectionMatrix, compareGradients, checkGrads, jacobian, hessian } = library;
const { topkLinear, rowSparseGrads, RowSparse, installFastKernels } = library;
const {
  registerGradients,
  topkActivation,
  weightedRows,
  sort,
  quantile,
  median,
  takeAlongAxis,
  putAlongAxis,
} = library;
const { softTopk, straightThroughTopk, gumbelTopk } = library;
const { selectionMargin, selectionRadius, topkDirectionalDerivative } = library;
const { topkSubdifferential, topkLinearSubdifferential } = library;
const y = tf.tensor1d([3, 1, 2]);
const tau = tf.scalar(2);
const many = tf.ones([40, 1]);
const indices = tf.tensor1d([1], 'int32');
const sparse = new RowSparse(indices, tf.tensor1d([2]), y, 3);
const weights = tf.variable(tf.ones([3, 3]));
tf.tidy(() => {
  weights.assign(tf.ones([3, 3]).add(1)); // data of its own
});
const loss = (y: tf.Tensor) => topk(y, 2).values.square().sum();
const evenLoss = (y: tf.Tensor) => topk(y, 2, { tieGradient: 'even' }).values.square().sum();
const withoutRule = (y: tf.Tensor) => y.square().cumprod().sum();
const throwing = (y: tf.Tensor): tf.Tensor => {
  y.square();
  throw new Error('f throws');
};

/** Calls of every public function, by name: some that return, and some that throw. */
export const CALLS: Record<
  keyof typeof library,
  { good: (() => unknown)[]; bad: (() => unknown)[] }
> = {
  topk: {
    good: [
      () => topk([3, 1, 2], 2),
      () => topk(y, 0),
      () => tf.grad(loss)(y),
      () => tf.grad((y) => tf.grad(loss)(y).sum())(y),
      () => tf.grad(evenLoss)(y),
      () => tf.grad((y) => tf.grad(evenLoss)(y).sum())(y),
    ],
    bad: [() => topk(y, 4), () => topk([1, 2], 3), () => topk(1, 1), () => topk(['a'], 1)],
  },
  topkLinear: {
    good: [
      () => topkLinear([[3], [1]], [2], 1),
      () =>
        tf.grad((y) =>
          topkLinear([[3, 1, 2]], y, 1)
            .values.square()
            .sum(),
        )(y),
    ],
    bad: [() => topkLinear([[3], [1]], [2, 1], 1), () => topkLinear([[3], [1]], [2], 3)],
  },
  rowSparseGrads: {
    good: [
      () =>
        rowSparseGrads([[3], [1]], [2], 1, (v) => v.square().sum(), {
          bias: [1, 2],
          mask: [true, true],
          variables: { y },
        }),
      () => rowSparseGrads([[3], [1]], [[2], [1]], 1, (v) => v.sum(), { acrossBatch: true }),
      () =>
        rowSparseGrads([[3], [1]], [2], 1, (v, i) => weightedRows(many, i, v).square().sum(), {
          variables: { many },
        }),
      () => rowSparseGrads([[3], [1]], [2], 1, (v) => v.square().sum()),
    ],
    bad: [
      () => rowSparseGrads([[3], [1]], [2], 1, (v) => v as tf.Scalar),
      () => rowSparseGrads([[3], [1]], [2], 1, throwing as never),
      () => rowSparseGrads([[3], [1]], [2], 3, (v) => v.sum()),
      () => rowSparseGrads([[3], [1]], [2], 1, withoutRule as never),
    ],
  },
  RowSparse: {
    good: [
      () => new RowSparse(tf.tensor1d([2, 0], 'int32'), tf.tensor1d([1, 2]), tf.tensor1d([3]), 3),
      () => sparse.dense(),
      () => sparse.coalesce(),
      () => sparse.add(sparse),
      () => sparse.mul(2),
      () => RowSparse.fromRows([[1]], [0], 3),
    ],
    bad: [
      () => new RowSparse(y, y, y, 3),
      () => new RowSparse(y, y, y, 0),
      () => RowSparse.fromRows([[1]], [3], 3),
      () => sparse.add(y as never),
      () => sparse.mul(NaN),
    ],
  },
  SparseAdam: {
    good: [
      () => {
        const optimizer = new library.SparseAdam(0.1);
        optimizer.applyGradients({ [weights.name]: sparse });
        optimizer.dispose();
      },
    ],
    bad: [
      () => new library.SparseAdam(0),
      () => {
        new library.SparseAdam().applyGradients({ [weights.name]: y });
      },
    ],
  },
  SparseSGD: {
    good: [
      () => {
        new library.SparseSGD(0.1).applyGradients({ [weights.name]: sparse });
      },
    ],
    bad: [() => new library.SparseSGD(-1)],
  },
  softTopk: {
    good: [
      () => softTopk([3, 1, 2], 2),
      () => tf.grad((y) => softTopk(y, 2, { kind: 'laplace' }).square().sum())(y),
      () =>
        tf.grad((t) =>
          softTopk(y, 2, { temperature: t as tf.Scalar })
            .square()
            .sum(),
        )(tau),
      () =>
        tf.grad((y) =>
          tf
            .grad((y) => softTopk(y, 1.5).square().sum())(y)
            .sum(),
        )(y),
    ],
    bad: [
      () => softTopk([3, NaN], 1),
      () => softTopk(y, 4),
      () => softTopk(y, 1, { temperature: 0 }),
    ],
  },
  straightThroughTopk: {
    good: [
      () => straightThroughTopk([3, 1, 2], 2),
      () => tf.grad((y) => straightThroughTopk(y, 2).square().sum())(y),
    ],
    bad: [() => straightThroughTopk([3, NaN], 1), () => straightThroughTopk(y, 1.5)],
  },
  gumbelTopk: {
    good: [
      () => gumbelTopk([3, 1, 2], 2),
      () => tf.grad((y) => gumbelTopk(y, 2, { seed: 1 }).values.sum())(y),
    ],
    bad: [() => gumbelTopk(y, 4), () => gumbelTopk([3, NaN], 1)],
  },
  registerGradients: { good: [registerGradients], bad: [] }, // nothing to refuse
  installFastKernels: {
    good: [
      () => {
        const restore = installFastKernels();
        tf.dispose(tf.topk([3, 1, 2], 2));
        restore();
      },
    ],
    bad: [
      () => {
        const restore = installFastKernels();
        try {
          tf.topk([3, 1, 2], 1.5);
        } finally {
          restore();
        }
      },
    ],
  },
  topkActivation: {
    good: [
      () => topkActivation([3, 1, 2], 2),
      () => tf.grad((y) => topkActivation(y, 2).square().sum())(y),
      () =>
        tf.grad((y) =>
          tf
            .grad((y) => topkActivation(y, 2, { tieGradient: 'even' }).square().sum())(y)
            .sum(),
        )(y),
    ],
    bad: [() => topkActivation(y, 4), () => topkActivation([3], 1, { axis: 1 })],
  },
  weightedRows: {
    good: [
      () => weightedRows([[3, 1]], [0, 0], [1, 2]),
      () => tf.grad((y) => weightedRows(many, [1, 1, 2], y).square().sum())(y),
      () => tf.grad((D) => weightedRows(D, [1, 1, 2], y).square().sum())(many),
    ],
    bad: [() => weightedRows(many, [40], [1]), () => weightedRows(y, [1], [1])],
  },
  sort: {
    good: [() => sort([3, 1, 2]), () => tf.grad((y) => sort(y).values.square().sum())(y)],
    bad: [() => sort(1), () => sort(y, { axis: 1 })],
  },
  quantile: {
    good: [
      () => quantile([3, 1, 2], [0.5, 0.2]),
      () => tf.grad((y) => quantile(y, 0.3).square())(y),
      () => quantile([[3, 1]], 1, { axis: 0 }),
    ],
    bad: [() => quantile([], 1), () => quantile(y, 2), () => quantile(y, 1, { axis: 1 })],
  },
  median: {
    good: [() => median([3, 1, 2, 5]), () => tf.grad((y) => median(y).square())(y)],
    bad: [() => median([]), () => median(y, 1)],
  },
  takeAlongAxis: {
    good: [
      () => takeAlongAxis([3, 1, 2], [2, 2]),
      () => tf.grad((y) => takeAlongAxis(y, indices).square().sum())(y),
      () => takeAlongAxis([[3, 1, 2]], [[0, 0, 0]], 0),
    ],
    bad: [
      () => takeAlongAxis(y, [3]),
      () => takeAlongAxis([1, 2], [[0]]),
      () => takeAlongAxis([1, 2], [0.5]),
    ],
  },
  putAlongAxis: {
    good: [
      () => putAlongAxis([3, 1, 2], [2, 2, 0], 4),
      () => tf.grad((y) => putAlongAxis(y, [2, 2, 0], 4).square().sum())(y),
    ],
    bad: [() => putAlongAxis([3], [3], 3), () => putAlongAxis([3, 1], [0], 1)],
  },
  selectionMatrix: {
    good: [() => selectionMatrix([2, 0], 3)],
    bad: [() => selectionMatrix(1, 2), () => selectionMatrix([0.5], 2)],
  },
  compareGradients: {
    good: [() => compareGradients([1, 2, 4], y)],
    bad: [() => compareGradients([1, 2], [1])],
  },
  checkGrads: {
    good: [() => checkGrads(loss, [y]), () => checkGrads(loss, [[3, 1, 2]], { margin: 0.5 })],
    bad: [
      () => checkGrads(loss, [[1, 1, 1]], { order: 1 }),
      () => checkGrads(loss, [[3, 1, 2]], { margin: 0 }),
      () => checkGrads(loss, [[3, NaN, 2]]),
      () => checkGrads((y: tf.Tensor) => y.mul(y.exp()), [[1]]),
      () => checkGrads(withoutRule, [y]),
      () => checkGrads(throwing, [y]),
      () => checkGrads((() => 3) as never, [y]),
      () => checkGrads((y: tf.Tensor) => y.div(0), [y]),
    ],
  },
  jacobian: {
    good: [() => jacobian((y) => y.square())(y), () => jacobian(() => tf.zeros([0]))([1])],
    bad: [
      () => jacobian(withoutRule)(y),
      () => jacobian(throwing)([1]),
      () => jacobian((y) => y.greater(0))([1]),
    ],
  },
  hessian: {
    good: [() => hessian(loss)(y), () => hessian(loss)([3, 1, 2])],
    bad: [
      () => hessian(withoutRule)(y),
      () => hessian(throwing)([1]),
      () => hessian((y) => y.square())(y),
    ],
  },
  selectionMargin: {
    good: [() => selectionMargin([3, 1, 2], 2)],
    bad: [() => selectionMargin([3, 1], 3), () => selectionMargin(3, 1)],
  },
  selectionRadius: {
    good: [() => selectionRadius([[3], [1]], [2], 1)],
    bad: [
      () => selectionRadius([[3], [1]], [2, 1], 1),
      () => selectionRadius([[3], [NaN]], [2], 1),
      () => selectionRadius([[3], [1]], [2], 3),
    ],
  },
  topkDirectionalDerivative: {
    good: [() => topkDirectionalDerivative([3, 1], 1, [1, 2])],
    bad: [
      () => topkDirectionalDerivative([3, 1], 1, [1]),
      () => topkDirectionalDerivative([3, 1], 3, [1, 2]),
    ],
  },
  topkSubdifferential: {
    good: [
      () => topkSubdifferential([3, 1, 1], 2, [6, 2, 2]).minNorm(),
      () => topkSubdifferential(y, 2).vertex(),
      () => topkSubdifferential(y, 2).contains([1, 0, 1]),
    ],
    bad: [
      () => topkSubdifferential([NaN], 1),
      () => topkSubdifferential([1, 1], 1, [1, 2]),
      () => topkSubdifferential([1, 1], 1, [Infinity, Infinity]),
      () => topkSubdifferential([1, 1], 1).contains([1]),
    ],
  },
  topkLinearSubdifferential: {
    good: [
      () => topkLinearSubdifferential([[3], [3]], [1], 1).inW.bouligand(),
      () => topkLinearSubdifferential([[3], [3]], [1], 1).inX.minNorm(),
      () => topkLinearSubdifferential([[3], [3]], [1], 1).inW.contains([[1], [0]]),
    ],
    bad: [
      () => topkLinearSubdifferential([[3], [NaN]], [1], 1),
      () => topkLinearSubdifferential([[3], [3]], [1], 1, () => NaN),
      () => topkLinearSubdifferential(many, [1], 20).inW.bouligand(),
      () => topkLinearSubdifferential([[3], [3]], [1], 1).inX.contains([NaN]),
    ],
  },
};
