import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { installFastKernels } from '../src/index.ts';

// @types/node has no values of it.
declare const WebAssembly: { Module: () => object };

describe('installFastKernels', () => {
  const edgeCases = [NaN, 1, 5, NaN, 3, 2, 9, NaN];
  const stock = ['cpu', 'wasm'].map((backend) => tf.getKernel('TopK', backend));
  const kernels = () => ['cpu', 'wasm'].map((backend) => tf.getKernel('TopK', backend).kernelFunc);

  it.each(['cpu', 'wasm'])(
    'gives tf.topk on %s the total order, until it is uninstalled',
    async (backend) => {
      await tf.setBackend(backend);
      const stockValues = tf.topk(edgeCases, 4).values;
      const uninstall = installFastKernels();
      const { values, indices } = tf.topk(edgeCases, 4);
      expect(values).toEqualTensor([NaN, NaN, NaN, 9]);
      expect(indices).toEqualTensor([0, 3, 7, 6]);
      uninstall();
      expect(tf.topk(edgeCases, 4).values).toEqualTensor(stockValues);
      expect(stockValues).not.toEqualTensor(values);
      await tf.setBackend('cpu');
    },
  );

  it.each(['cpu', 'wasm'])(
    'keeps the gradient, batches, bool and int32 of tf.topk on %s',
    async (backend) => {
      await tf.setBackend(backend);
      const uninstall = installFastKernels();
      const loss = (x: tf.Tensor) => tf.topk(x, 2).values.square().sum();
      expect(tf.grad(loss)(tf.tensor2d([[3, 1, 2]]))).toEqualTensor([[6, 0, 4]]);
      const ofBool = tf.topk(tf.tensor1d([0, 1, 1], 'bool'), 2);
      expect(ofBool.values.dtype).toBe('bool');
      expect(ofBool.values).toEqualTensor([1, 1]);
      expect(ofBool.indices).toEqualTensor([1, 2]);
      const ofInt = tf.topk(tf.tensor1d([2 ** 30, 2 ** 30 + 1], 'int32'), 1);
      expect(ofInt.values.dtype).toBe('int32');
      expect(ofInt.values).toEqualTensor([2 ** 30 + 1]);
      expect(tf.topk(tf.tensor1d([1, 2]), 0).values).toEqualTensor([]);
      expect(() => tf.topk([1, 2, 3], 1.5)).toThrow(
        'tf.topk: k must be an integer in [0, 3], got 1.5',
      );
      uninstall();
      await tf.setBackend('cpu');
    },
  );

  it('may be called twice: the last uninstall puts the stock kernels back', () => {
    for (const isReversed of [false, true]) {
      const uninstalls = [installFastKernels(), installFastKernels()];
      const fast = kernels();
      expect(fast).not.toEqual(stock.map(({ kernelFunc }) => kernelFunc));
      const [first, last] = isReversed ? uninstalls.reverse() : uninstalls;
      first();
      first();
      expect(kernels()).toEqual(fast);
      last();
      expect(kernels()).toEqual(stock.map(({ kernelFunc }) => kernelFunc));
    }
  });

  it('puts the stock kernels back once two copies of the package are done, in either order', () => {
    let copy = installFastKernels;
    jest.isolateModules(() => {
      copy = jest.requireActual<{ installFastKernels: typeof copy }>(
        '../src/index.ts',
      ).installFastKernels;
    });
    expect(copy).not.toBe(installFastKernels);
    for (const isReversed of [false, true]) {
      const uninstalls = [installFastKernels(), copy()];
      const fast = kernels();
      const [first, last] = isReversed ? uninstalls.reverse() : uninstalls;
      first();
      expect(kernels()).toEqual(fast);
      last();
      expect(kernels()).toEqual(stock.map(({ kernelFunc }) => kernelFunc));
    }
  });

  it('goes on with the stock kernel on wasm where the engine has no SIMD, and ours would be slower', async () => {
    await tf.setBackend('wasm');
    const refuses = jest.spyOn(WebAssembly, 'Module').mockImplementation(() => {
      throw new Error('CompileError');
    });
    let fresh = installFastKernels; // one that has not made its module yet
    jest.isolateModules(() => {
      fresh = jest.requireActual<{ installFastKernels: typeof fresh }>(
        '../src/index.ts',
      ).installFastKernels;
    });
    const kernelFunc = jest.fn(stock[1].kernelFunc);
    const put = (kernel: tf.KernelConfig) => {
      tf.unregisterKernel('TopK', 'wasm');
      tf.registerKernel(kernel);
    };
    put({ ...stock[1], kernelFunc });
    const uninstall = fresh();
    try {
      expect(tf.topk([1, 3, 2], 2).indices).toEqualTensor([1, 2]);
      expect(kernelFunc).toHaveBeenCalledTimes(1);
    } finally {
      uninstall();
      refuses.mockRestore();
      put(stock[1]);
      await tf.setBackend('cpu');
    }
  });

  it('leaves a kernel that another package has registered since', () => {
    const uninstall = installFastKernels();
    const other = { ...stock[0], kernelFunc: () => [] };
    tf.unregisterKernel('TopK', 'cpu');
    tf.registerKernel(other);
    uninstall();
    expect(tf.getKernel('TopK', 'cpu')).toBe(other);
    expect(tf.getKernel('TopK', 'wasm').kernelFunc).toBe(stock[1].kernelFunc);
    tf.unregisterKernel('TopK', 'cpu');
    tf.registerKernel(stock[0]);
  });
});
