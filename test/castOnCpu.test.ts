import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {
  gumbelTopk,
  median,
  putAlongAxis,
  quantile,
  RowSparse,
  selectionMargin,
  selectionMatrix,
  softTopk,
  sort,
  straightThroughTopk,
  takeAlongAxis,
  topk,
  topkActivation,
  topkLinear,
  topkSubdifferential,
  weightedRows,
} from '../src/index.ts';

/**
 * tfjs's cast on cpu leaves integers in a float32 tensor, of which wasm then reads the bits. Each function on x
 * `[4, 1000]` of such integers.
 */
const FUNCTIONS: Record<string, (x: tf.Tensor2D) => tf.Tensor> = {
  topk: (x) => topk(x, 3).values,
  'topk along axis 0': (x) => topk(x, 2, { axis: 0 }).values,
  'topk, even': (x) => topk(x, 3, { tieGradient: 'even' }).values,
  topkActivation: (x) => topkActivation(x, 3),
  'topkActivation along axis 0': (x) => topkActivation(x, 2, { axis: 0 }),
  sort: (x) => sort(x).values,
  'sort along axis 0': (x) => sort(x, { axis: 0 }).values,
  quantile: (x) => quantile(x, 0.3),
  'quantile along axis 0': (x) => quantile(x, [0.1, 0.3], { axis: 0 }),
  median: (x) => median(x, 0),
  takeAlongAxis: (x) => takeAlongAxis(x, tf.zeros([4, 2], 'int32')),
  'takeAlongAxis along axis 0': (x) => takeAlongAxis(x, tf.ones([1, 1000], 'int32'), 0),
  putAlongAxis: (x) => putAlongAxis(x, tf.zeros([4, 1000], 'int32'), 2),
  'softTopk, few': (x) => softTopk(x.slice([0, 0], [4, 100]), 3),
  softTopk: (x) => softTopk(x, 3),
  'softTopk, k near n': (x) => softTopk(x, 999),
  'softTopk along axis 0': (x) => softTopk(x, 2, { axis: 0 }),
  'softTopk, temperature': (x) =>
    softTopk(tf.randomNormal([4, 1000], 0, 1, 'float32', 1), 3, {
      temperature: x.slice([0, 1], [1, 1]).asScalar(),
    }),
  straightThroughTopk: (x) => straightThroughTopk(x, 3),
  gumbelTopk: (x) => gumbelTopk(x, 3, { seed: 1 }).values,
  'gumbelTopk, perturbed, along axis 0': (x) => gumbelTopk(x, 3, { seed: 1, axis: 0 }).perturbed,
  topkLinear: (x) => topkLinear(x, tf.ones([1000]), 2).values,
  'topkLinear, x': (x) => topkLinear(tf.ones([5, 1000]), x, 2).values,
  'topkLinear, bias': (x) =>
    topkLinear(tf.ones([1000, 2]), [1, 1], 2, { bias: x.slice([0, 0], [1, 1000]).flatten() })
      .values,
  weightedRows: (x) => weightedRows(x, [0, 2], [1, 1]),
  'weightedRows, values': (x) => weightedRows(tf.ones([3, 2]), tf.zeros([4, 1000], 'int32'), x),
  'RowSparse.fromRows': (x) => RowSparse.fromRows(x, [1, 0, 0, 2], 3).dense(),
  selectionMargin: (x) => tf.scalar(selectionMargin(x, 3).margin),
  topkSubdifferential: (x) => topkSubdifferential(x.slice([1, 0], [1, 1000]).flatten(), 3).vertex(),
};

/** The same of int32 that was cast from bool. */
const OF_BOOL: Record<string, (x: tf.Tensor1D) => tf.Tensor> = {
  topk: (x) => topk(x, 3).values,
  sort: (x) => sort(x).indices,
  quantile: (x) => quantile(x, [0, 0.4, 1]),
  median: (x) => median(x),
  softTopk: (x) => softTopk(x, 2),
  straightThroughTopk: (x) => straightThroughTopk(x, 2),
  gumbelTopk: (x) => gumbelTopk(x, 2, { seed: 1 }).perturbed,
  selectionMatrix: (x) => selectionMatrix(x, 2),
  takeAlongAxis: (x) => takeAlongAxis([5, 6], x),
};

/** Runs f on cpu on what x should be, and on wasm on x, which may be refused. */
async function compare<T extends tf.Tensor>(f: (x: T) => tf.Tensor, given: () => T, cast: () => T) {
  await tf.setBackend('cpu');
  const expected = f(given()).arraySync();
  const x = cast();
  await tf.setBackend('wasm');
  let found: tf.Tensor | undefined;
  try {
    found = f(x);
  } catch (error) {
    expect(String(error)).toContain(` must hold ${x.dtype}, got data cast on another`);
  }
  if (found) expect(found).toBeCloseToTensor(expected, 1e-4);
  await tf.setBackend('cpu');
}

describe('on wasm, of what was cast on cpu, finds what it finds on cpu, or says that it cannot:', () => {
  const integers = Array.from({ length: 4000 }, (_, i) => (i * 7919) % 4001);

  it.each(Object.entries(FUNCTIONS))('%s of float32 from int32', (_, f) =>
    compare(
      f,
      () => tf.tensor2d(integers, [4, 1000]),
      () => tf.tensor2d(integers, [4, 1000], 'int32').toFloat(),
    ),
  );

  it.each(Object.entries(OF_BOOL))('%s of int32 from bool', (_, f) =>
    compare(
      f,
      () => tf.tensor1d([1, 0, 1, 1], 'int32'),
      () => tf.tensor1d([true, false, true, true], 'bool').toInt(),
    ),
  );
});
