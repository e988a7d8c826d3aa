import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import * as fc from 'fast-check';
import { topk } from '../../../src/index.ts';
import { SELECTION } from '../../../src/kernels/wasm/binaries.ts';
import { wasmFunctions, type WasmBackend } from '../../../src/kernels/wasm/tfjsMemory.ts';
import { plainTopk } from '../../oracles/plainTopk.ts';
import { differenceAt, hardRows, SEED, SIZES, withBothNaN } from '../../oracles/hardRows.ts';

interface Wasm {
  wasm: { HEAPU8: Uint8Array };
  makeOutput: (shape: number[], dtype: string) => tf.TensorInfo;
  dataIdMap: { get: (dataId: object) => { memoryOffset: number } };
}
const backend = () => tf.backend() as object as Wasm;

const selected = (x: tf.Tensor, k: number, options = {}) =>
  tf.tidy(() => {
    const functions = wasmFunctions(tf.backend() as WasmBackend, SELECTION);
    if (functions) functions.seed.value = SEED;
    const { values, indices } = topk(x, k, options);
    return { values: Array.from(values.dataSync()), indices: Array.from(indices.dataSync()) };
  });

describe('topkOnWasm', () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  it('does not read the tensor into JavaScript, where it need not', () => {
    const read = jest.spyOn(tf.engine(), 'readSync');
    const x = tf.tensor1d([3, 1, 2]);
    topk(x, 2);
    topk(x.toInt(), 2, { largest: false, sorted: false });
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });

  it.each(SIZES)('equals a sort on rows that are hard to select from, n = %d, k = %d', (n, k) => {
    for (const { title, row } of hardRows(n, k)) {
      const integers = row.map((entry) => (Math.abs(entry) < 2000 ? Math.round(entry * 1e6) : 0));
      for (const largest of [true, false]) {
        for (const x of [tf.tensor1d(row), tf.tensor1d(integers, 'int32')]) {
          const { values, indices } = selected(x, k, { largest });
          const expected = plainTopk(Array.from(x.dataSync()), k, largest);
          const at = [
            differenceAt(values, expected.values),
            differenceAt(indices, expected.indices),
          ];
          expect({ title, largest, at }).toEqual({ title, largest, at: [-1, -1] });

          const unsorted = selected(x, k, { largest, sorted: false }).indices;
          const inOrder = (indices: number[]) => Int32Array.from(indices).sort();
          expect(differenceAt(inOrder(unsorted), inOrder(expected.indices))).toBe(-1);
        }
      }
    }
  });

  it.each(SIZES)('takes NaN of either sign for the largest, n = %d, k = %d', (n, k) => {
    const row = withBothNaN(n);
    for (const largest of [true, false]) {
      const { indices } = selected(tf.tensor1d(row), k, { largest });
      const expected = plainTopk(Array.from(row), k, largest).indices;
      expect(differenceAt(indices, expected)).toBe(-1);
    }
  });

  it('equals a sort for any bits, of either dtype, in both directions', () => {
    const bits = fc.oneof(
      fc.array(fc.integer(), { minLength: 1, maxLength: 300, size: 'max' }),
      fc.array(fc.constantFrom(0, -(2 ** 31), 1, 0x7f800000, -0x800000, 0x7f800001, -1), {
        minLength: 1,
        maxLength: 300,
        size: 'max',
      }),
    );
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(bits, share, fc.boolean(), fc.boolean(), (bits, share, isFloat, largest) => {
        const integers = Int32Array.from(bits);
        const row = isFloat ? new Float32Array(integers.buffer) : integers;
        const k = Math.round(share * row.length);
        const x = tf.tensor1d(row, isFloat ? 'float32' : 'int32');
        const { values, indices } = selected(x, k, { largest });
        x.dispose();
        const expected = plainTopk(Array.from(row), k, largest);
        expect(differenceAt(indices, expected.indices)).toBe(-1);
        expect(differenceAt(values, expected.values)).toBe(-1);
      }),
      { numRuns: 1000, seed: 2 },
    );
  });

  it('reaches both ends of int32', () => {
    const [min, max] = [-(2 ** 31), 2 ** 31 - 1];
    const row = [min, 0, max, min + 1, max - 1, min, max];
    for (const largest of [true, false]) {
      const x = tf.tensor1d(row, 'int32');
      expect(selected(x, 7, { largest })).toEqual(plainTopk(row, 7, largest));
    }
    for (const end of [min, max]) {
      const x = tf.fill([500], end, 'int32');
      expect(selected(x, 70).indices).toEqual([...Array(70).keys()]);
      expect(selected(x, 70, { largest: false }).indices).toEqual([...Array(70).keys()]);
    }
  });

  it('selects from each of many rows', () => {
    for (const [rows, n, k] of [
      [300, 70, 8],
      [40, 1000, 100],
      [3, 9000, 20],
    ]) {
      const x = tf.randomNormal([rows, n], 0, 1, 'float32', n);
      const { indices } = topk(x, k);
      const expected = (x.arraySync() as number[][]).map((row) => plainTopk(row, k).indices);
      expect(indices.arraySync()).toEqual(expected);
    }
  });

  it('gives right results where its own results make the memory grow', () => {
    const n = 3_000_000;
    const x = tf.range(0, n, 1, 'float32');
    const before = backend().wasm.HEAPU8.length;
    const { values, indices } = topk(x, n);
    expect(backend().wasm.HEAPU8.length).toBeGreaterThan(before);
    expect(values.max().dataSync()[0]).toBe(n - 1);
    expect(values.slice(n - 3).dataSync()).toEqual(Float32Array.of(2, 1, 0));
    expect(indices.slice(0, 2).dataSync()).toEqual(Int32Array.of(n - 1, n - 2));
    tf.dispose([x, values, indices]);
  });

  it('says so where the memory is full, frees what it took, and leaves x unharmed', () => {
    const x = tf.randomNormal([200_000], 0, 1, 'float32', 1);
    const before = { sum: x.sum().dataSync()[0], ...tf.memory() };
    const full: tf.TensorInfo[] = [];
    for (let size = 2 ** 28; size >= 2 ** 17; size /= 2) {
      const next = () => backend().makeOutput([size], 'float32');
      let block = next();
      for (; backend().dataIdMap.get(block.dataId).memoryOffset !== 0; block = next()) {
        full.push(block);
      }
      tf.backend().disposeData(block.dataId);
    }
    const dataIds = tf.backend().numDataIds();
    const first = new Uint8Array(backend().wasm.HEAPU8.slice(0, 1024));
    expect(() => topk(x, 150_000)).toThrow(
      /^topk: wasm memory is full: cannot allocate \d+ bytes$/,
    );
    expect(tf.backend().numDataIds()).toBe(dataIds);
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(backend().wasm.HEAPU8.slice(0, 1024)).toEqual(first);
    for (const { dataId } of full) tf.backend().disposeData(dataId);
    expect(x.sum().dataSync()[0]).toBe(before.sum);
    expect(topk(x, 1).values.dataSync()[0]).toBe(x.max().dataSync()[0]);
  });

  it('says so where what it needs has no 32-bit size', () => {
    const { dataId, dtype } = tf.zeros([1]);
    const x = { dataId, dtype, shape: [2 ** 28] }; // not made: it alone would take 1 GB
    const kernel = tf.getKernel('TotalOrderTopK', 'wasm').kernelFunc;
    const attrs = { k: 2 ** 28, largest: true, sorted: true };
    const dataIds = tf.backend().numDataIds();
    expect(() => kernel({ inputs: { x }, attrs, backend: tf.backend() })).toThrow(
      /^wasm memory is full: cannot allocate \d+ bytes$/,
    );
    expect(tf.backend().numDataIds()).toBe(dataIds);
  });

  it('leaves a tensor whose data came from cpu in a narrower dtype to the processor', async () => {
    await tf.setBackend('cpu');
    const x = tf.tensor1d([3, 1, 2], 'int32').cast('float32');
    await tf.setBackend('wasm');
    const read = jest.spyOn(tf.engine(), 'readSync');
    const { values } = topk(x, 2);
    expect(read).toHaveBeenCalled();
    read.mockRestore();
    expect(values.dataSync()).toEqual(Float32Array.of(3, 2));
  });
});
