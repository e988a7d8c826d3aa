import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { startBackend } from '../../experiments/browser/startBackend.ts';
import * as library from '../../src/index.ts';

const {
  installFastKernels,
  topk,
  topkActivation,
  topkLinear,
  rowSparseGrads,
  RowSparse,
  sort,
  median,
} = library;
const { takeAlongAxis, putAlongAxis, weightedRows, softTopk, SparseAdam } = library;

/**
 * tfjs leaves inputs of fewer than 1000 numbers that are not on the device yet to the processor. A threshold that is
 * not tfjs's own 100 000 makes a software renderer do as a GPU.
 */
const FLAGS = {
  WEBGL_CPU_FORWARD: false,
  WEBGPU_CPU_FORWARD: false,
  TOPK_LAST_DIM_CPU_HANDOFF_SIZE_THRESHOLD: 99_999,
};

/** How many numbers each function reads from the device, of inputs that are there; `short` and `long` are the rows. */
async function countReads(backend: string): Promise<Record<string, number>> {
  await startBackend(backend, FLAGS);
  const random = (shape: number[]) => tf.add(tf.randomNormal(shape), 0);
  const W = tf.variable(random([300, 20]));
  const D = tf.variable(random([300, 20]));
  const [short, long, batch, coefficients] = [[8, 2000], [2, 120_000], [8, 20], [8, 3]].map(random); // prettier-ignore
  const indices = tf.range(0, 24, 1, 'int32').reshape([8, 3]);
  const integers = tf.cast(tf.mul(long, 1000), 'int32');
  const sparse = new RowSparse(indices, coefficients, batch, 300);
  const adam = new SparseAdam();
  const gradient = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) =>
    tf.grad((x) => f(x).square().sum())(x);

  const calls: Record<string, () => unknown> = {
    'topk of short rows': () => topk(short, 5),
    'topk of long rows': () => topk(long, 5),
    'topk of long rows, k = 200': () => topk(long, 200),
    'tf.topk of short rows, with the fast kernels': () => {
      const uninstall = installFastKernels();
      tf.topk(short, 5);
      uninstall();
    },
    'topk of integers, along another axis': () => topk(integers, 1, { axis: 0 }),
    'the gradient of topk': () => gradient((x) => topk(x, 5).values, long),
    'the gradient of topk, even': () => gradient((x) => topk(x, 5, { tieGradient: 'even' }).values, long), // prettier-ignore
    'topkActivation of short rows': () => topkActivation(short, 5),
    'the gradient of topkActivation': () => gradient((x) => topkActivation(x, 5), long),
    topkLinear: () => topkLinear(W, batch, 5),
    'the gradient of topkLinear': () => gradient((W) => topkLinear(W, batch, 5).values, W),
    rowSparseGrads: () =>
      rowSparseGrads(W, batch, 5, (v, i): tf.Scalar => weightedRows(D, i, v).square().sum(), {
        variables: [D],
      }),
    'RowSparse.dense': () => sparse.dense(),
    'RowSparse.coalesce': () => sparse.coalesce(),
    'RowSparse.subtractFrom': () => sparse.subtractFrom(W, 0.1),
    SparseAdam: () => {
      adam.applyGradients({ [W.name]: sparse });
    },
    'sort of long rows': () => sort(long),
    'median of short rows': () => median(short, 1),
    takeAlongAxis: () => takeAlongAxis(short, indices),
    putAlongAxis: () => putAlongAxis(coefficients, indices, 100),
    'softTopk of short rows': () => softTopk(short, 5),
    'softTopk of long rows': () => softTopk(long, 5),
    'the gradient of softTopk': () => gradient((x) => softTopk(x, 5), long),
  };

  const device = tf.backend() as { readSync: (dataId: object) => ArrayLike<number> };
  const readSync = device.readSync.bind(device);
  const reads: Record<string, number> = {};
  for (const [name, call] of Object.entries(calls)) {
    reads[name] = 0;
    device.readSync = (dataId) => {
      const data = readSync(dataId);
      reads[name] += data.length;
      return data;
    };
    tf.tidy(() => {
      call();
    });
  }
  return reads;
}

/** How often each function waits for webgl, whose input is on the device: as it is, and after `await x.data()`. */
async function countWaits(): Promise<Record<string, [number, number]>> {
  await startBackend('webgl', FLAGS);
  const { gl } = (
    tf.backend() as object as {
      gpgpu: { gl: { readPixels: (...words: unknown[]) => void } };
    }
  ).gpgpu;
  const readPixels = gl.readPixels.bind(gl);
  let waits = 0;
  gl.readPixels = (...words: unknown[]) => {
    waits++;
    readPixels(...words);
  };
  const waitsOf = (call: (x: tf.Tensor) => unknown, x: tf.Tensor) => {
    waits = 0;
    tf.tidy(() => {
      call(x);
    });
    return waits;
  };
  const calls: Record<string, (x: tf.Tensor) => unknown> = {
    topk: (x) => topk(x, 5),
    'topk, k = 200': (x) => topk(x, 200),
    topkActivation: (x) => topkActivation(x, 5),
    sort: (x) => sort(x),
    median: (x) => median(x, 1),
    softTopk: (x) => softTopk(x, 5),
  };
  const found: Record<string, [number, number]> = {};
  for (const [name, call] of Object.entries(calls)) {
    const [x, awaited] = [0, 1].map(() => tf.add(tf.randomNormal([8, 2000]), 0));
    await awaited.data();
    found[name] = [waitsOf(call, x), waitsOf(call, awaited)];
  }
  return found;
}

Object.assign(globalThis, { countReads, countWaits });
