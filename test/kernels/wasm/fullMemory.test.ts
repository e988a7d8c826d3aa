import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {
  gumbelTopk,
  median,
  putAlongAxis,
  quantile,
  RowSparse,
  rowSparseGrads,
  selectionMargin,
  selectionMatrix,
  softTopk,
  sort,
  SparseAdam,
  SparseSGD,
  straightThroughTopk,
  takeAlongAxis,
  topk,
  topkActivation,
  topkDirectionalDerivative,
  topkLinear,
  weightedRows,
} from '../../../src/index.ts';
import { addressOf, type WasmBackend } from '../../../src/kernels/wasm/tfjsMemory.ts';

/** Allocates nearly all of the memory; what is left is 512 kB to 1 MB. */
function fillMemory(backend: WasmBackend): () => void {
  const left = backend.makeOutput([2 ** 17], 'float32');
  const blocks: tf.TensorInfo[] = [];
  for (let size = 2 ** 28; size >= 2 ** 17; size /= 2) {
    let block = backend.makeOutput([size], 'float32');
    for (; addressOf(backend, block) !== 0; block = backend.makeOutput([size], 'float32')) {
      blocks.push(block);
    }
    backend.disposeData(block.dataId);
  }
  backend.disposeData(left.dataId);
  return () => {
    for (const { dataId } of blocks) backend.disposeData(dataId);
  };
}

describe('in a full memory of wasm', () => {
  const [n, d, k] = [4000, 200, 3000];
  let x: tf.Tensor2D, W: tf.Tensor2D, v: tf.Tensor1D, indices: tf.Tensor1D, ones: tf.Tensor1D;
  let upstream: tf.Tensor2D,
    wide: tf.Tensor,
    gradient: RowSparse,
    single: RowSparse,
    variable: tf.Variable,
    few: tf.Tensor,
    shares: tf.Tensor;
  let free: () => void;

  beforeAll(async () => {
    await tf.setBackend('wasm');
    x = tf.randomNormal([1, n * d], 0, 1, 'float32', 1);
    W = tf.randomNormal([n, d], 0, 1, 'float32', 2);
    v = tf.randomNormal([d], 0, 1, 'float32', 3);
    indices = tf.range(0, k, 1, 'int32');
    ones = tf.ones([k]);
    upstream = tf.ones([1, 10]);
    wide = tf.zeros([1, n * d], 'int32');
    few = tf.zeros([1, 150_000], 'int32');
    gradient = new RowSparse(indices, ones, v, n);
    single = new RowSparse([0], [1], v, n);
    shares = tf.randomNormal([n, d], 0, 1, 'float32', 4);
    variable = tf.variable(shares);
    free = fillMemory(tf.backend() as WasmBackend);
  });

  afterAll(async () => {
    free();
    single.dispose();
    tf.dispose([few, x, W, v, indices, ones, upstream, wide, variable, shares]);
    await tf.setBackend('cpu');
  });

  it.each<[string, () => unknown]>([
    ['topk', () => topk(x, 150_000)],
    ['along another axis, topk', () => topk(x, 1, { axis: 0 })],
    ['the gradient of topk', () => tf.grad((x) => topk(x, 10).values)(x, upstream)],
    ['RowSparse.rows', () => gradient.rows()],
    ['RowSparse.dense', () => gradient.dense()],
    ['RowSparse.subtractFrom', () => gradient.subtractFrom(variable, 1)],
    ['SparseAdam.applyGradients', () => { new SparseAdam().applyGradients({ [variable.name]: gradient }); }], // prettier-ignore
    ['the gradient of topkLinear', () => tf.grad((W) => topkLinear(W, v, k).values)(W, ones)],
    ['softTopk', () => softTopk(x, 10)],
    ['straightThroughTopk', () => straightThroughTopk(x, 10)],
    ['gumbelTopk', () => gumbelTopk(x, 10)],
    ['topkActivation', () => topkActivation(x, 10)],
    ['takeAlongAxis', () => takeAlongAxis(x, wide)],
    ['putAlongAxis', () => putAlongAxis(x, wide, n * d)],
    ['selectionMatrix', () => selectionMatrix(indices, n)],
    ['RowSparse.coalesce', () => gradient.coalesce()],
    ['RowSparse.add', () => gradient.add(single)], // of another k, so multiplied out
    ['SparseSGD.applyGradients', () => { new SparseSGD(1, 0.9).applyGradients({ [variable.name]: gradient }); }], // prettier-ignore
    ['the gradient of median', () => tf.grad((x) => median(x))(x)],
    ['the gradient of quantile', () => tf.grad((x) => quantile(x, 0.3))(x)],
    ['the gradient of sort', () => tf.grad((x) => sort(x).values)(x)],
    ['the gradient of topkActivation', () => tf.grad((x) => topkActivation(x, 10))(x)],
    ['the gradient of softTopk', () => tf.grad((x) => softTopk(x, 10))(x)],
    ['the gradient of takeAlongAxis', () => tf.grad((x) => takeAlongAxis(x, few))(x)],
    ['the gradient of weightedRows', () => tf.grad((W) => weightedRows(W, indices, ones))(W)],
    ['sort', () => sort(x)],
    ['quantile', () => quantile(x, [0.1, 0.2, 0.3])],
    ['median', () => median(x)],
    ['selectionMargin', () => selectionMargin(x, 150_000)],
    ['topkDirectionalDerivative', () => topkDirectionalDerivative(x, 10, x)],
    ['topkLinear', () => topkLinear(W, x.reshape([n, d]), k)],
    ['rowSparseGrads', () => rowSparseGrads(W, x.reshape([n, d]), k, (v) => v.sum())],
    ['weightedRows', () => weightedRows(W, wide.reshape([n, d]), x.reshape([n, d]))],
  ])('%s says so by its name, and leaves the backend as it was', (title, run) => {
    const heap = () => (tf.backend() as object as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8;
    const first = heap().slice(0, 1024);
    const dataIds = tf.backend().numDataIds();
    const [name] = /[^ ]+$/.exec(title) ?? [];
    expect(() => {
      tf.tidy(() => {
        run();
      });
    }).toThrow(new RegExp(`^${String(name)}: wasm memory is full: cannot allocate \\d+ bytes$`));
    expect(heap().slice(0, 1024)).toEqual(first);
    expect(tf.backend().numDataIds()).toBe(dataIds);
    expect(topk([1, 3, 2], 2).indices).toEqualTensor([1, 2]);
  });
});
