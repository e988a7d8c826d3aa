import * as tf from '@tensorflow/tfjs';
import { runKernel, withoutTape, type Kernel } from '../../src/kernels/runKernel.ts';

describe('runKernel', () => {
  const called: string[] = [];
  const on = (name: string) => () => {
    called.push(name);
    return [tf.scalar(1)];
  };
  const kernel: Kernel<Record<string, never>, object> = {
    name: 'ForATest',
    any: on('any'),
    wasm: on('wasm'),
    webgl: on('webgl'),
  };

  it.each([
    ['cpu', 'any'],
    ['wasm', 'wasm'],
    ['webgl', 'webgl'],
    ['webgpu', 'any'],
    ['another', 'any'],
  ])('registers for %s the implementation for %s, once', async (backendName, implementation) => {
    const cpu = tf.findBackend('cpu');
    if (backendName !== 'cpu') tf.registerBackend(backendName, () => cpu);
    await tf.setBackend(backendName);
    called.length = 0;
    runKernel(kernel, {}, {});
    const registered = tf.getKernel('ForATest', backendName);
    runKernel(kernel, {}, {});
    expect(called).toEqual([implementation, implementation]);
    expect(tf.getKernel('ForATest', backendName)).toBe(registered);
    await tf.setBackend('cpu');
  });

  it('returns a list also where the kernel has one output', () => {
    const one: Kernel<Record<string, never>, object> = {
      name: 'OneOutput',
      any: () => tf.scalar(3),
    };
    expect(runKernel(one, {}, {}).map((output) => output.dataSync()[0])).toEqual([3]);
  });
});

describe('withoutTape', () => {
  it('makes a result a constant for every gradient', () => {
    const f = (x: tf.Tensor) =>
      withoutTape(() => x.square())
        .mul(x)
        .sum();
    expect(
      tf
        .grad(f)(tf.tensor1d([3]))
        .arraySync(),
    ).toEqual([9]);
    expect(
      tf
        .grad((x) => x.square().sum())(tf.tensor1d([3]))
        .arraySync(),
    ).toEqual([6]);
  });

  it('lets gradients be taken again after a throw', () => {
    expect(() => withoutTape(() => tf.reshape([1], [2]))).toThrow();
    expect(
      tf
        .grad((x) => x.square().sum())(tf.tensor1d([3]))
        .arraySync(),
    ).toEqual([6]);
  });
});
