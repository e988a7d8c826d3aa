import * as tf from '@tensorflow/tfjs';
import {
  putAlongAxis,
  softTopk,
  sort,
  takeAlongAxis,
  topk,
  topkActivation,
  topkLinear,
  weightedRows,
} from '../../src/index.ts';
import { KeepAlongAxis } from '../../src/kernels/along/KeepAlongAxis.ts';
import { PutAlongAxis } from '../../src/kernels/along/PutAlongAxis.ts';
import { TakeAlongAxis } from '../../src/kernels/along/TakeAlongAxis.ts';
import { KeepWhere } from '../../src/kernels/linear/KeepWhere.ts';
import { RowProducts } from '../../src/kernels/linear/RowProducts.ts';
import { SelectedProducts } from '../../src/kernels/linear/SelectedProducts.ts';
import { SelectedRows } from '../../src/kernels/linear/SelectedRows.ts';
import { WeightedRows } from '../../src/kernels/linear/WeightedRows.ts';
import { runKernel, withoutTape, type Kernel } from '../../src/kernels/runKernel.ts';
import { SoftMask } from '../../src/kernels/soft/SoftMask.ts';
import { TotalOrderTopK } from '../../src/kernels/topk/TotalOrderTopK.ts';

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

describe('saved, of each kernel that has it,', () => {
  interface Saving {
    name: string;
    saved: (inputs: tf.NamedTensorMap, attrs: object) => number;
  }
  /** Two methods of tfjs's engine, of which it declares the second private. */
  interface Engine {
    runKernel: (name: string, inputs: tf.NamedTensorMap, attrs: object) => tf.Tensor | tf.Tensor[];
    saveTensorsForBackwardMode: (tensors: tf.Tensor[]) => tf.Tensor[];
  }
  const kernels = [
    KeepAlongAxis,
    KeepWhere,
    PutAlongAxis,
    RowProducts,
    SelectedProducts,
    SelectedRows,
    SoftMask,
    TakeAlongAxis,
    TotalOrderTopK,
    WeightedRows,
  ] as unknown as Saving[];
  const names = kernels.map(({ name }) => name);
  const sizeOf = (tensors: tf.Tensor[]) => tensors.reduce((sum, { size }) => sum + size, 0);

  /** What the kernels say that f runs, and the sizes of their outputs and of what tfjs saves of them. */
  function countsOf(f: () => void) {
    const counts = { said: [] as [string, number][], found: [] as [string, number][] };
    const engine = tf.engine() as unknown as Engine;
    const run = engine.runKernel.bind(engine);
    const save = engine.saveTensorsForBackwardMode.bind(engine);
    let saved: tf.Tensor[] | undefined;
    jest.spyOn(engine, 'saveTensorsForBackwardMode').mockImplementation((tensors) => {
      const clones = save(tensors); // which runs kernels
      saved = tensors;
      return clones;
    });
    jest.spyOn(engine, 'runKernel').mockImplementation((name, inputs, attrs) => {
      const outputs = run(name, inputs, attrs);
      const kernel = kernels[names.indexOf(name)] as Saving | undefined;
      if (kernel && saved) {
        counts.said.push([name, kernel.saved(inputs, attrs)]);
        counts.found.push([name, sizeOf([outputs].flat()) + sizeOf(saved)]);
      }
      saved = undefined;
      return outputs;
    });
    tf.tidy(f);
    jest.restoreAllMocks();
    return counts;
  }

  it('counts the outputs and what tfjs saves for the gradient', async () => {
    await tf.setBackend('cpu');
    const [x, W, X] = [tf.randomNormal([3, 5]), tf.randomNormal([7, 4]), tf.randomNormal([3, 4])];
    const indices = tf.tensor2d([0, 2, 1, 1, 4, 0], [3, 2], 'int32');
    const values = tf.randomNormal([3, 2]);
    const options = {
      bias: tf.randomNormal([7]),
      mask: tf.tensor1d([1, 1, 0, 1, 1, 1, 1], 'bool'),
    };
    const sumOf = (y: tf.Tensor) => y.square().sum().asScalar();
    const twice = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) =>
      tf.grad((x) => sumOf(tf.grad((x) => sumOf(f(x)))(x)))(x);
    const { said, found } = countsOf(() => {
      twice((x) => topk(x, 2).values, x);
      twice((x) => sort(x).values, x);
      twice((x) => topkActivation(x, 2), x);
      twice((x) => takeAlongAxis(x, indices, 1), x);
      twice((v) => putAlongAxis(v, indices, 5, 1), values);
      twice((D) => weightedRows(D, indices, values), W);
      twice((v) => weightedRows(W, indices, v), values);
      twice((x) => softTopk(x, 2), x);
      twice((W) => topkLinear(W, X, 2, options).values, W);
      twice((W) => topkLinear(W, X, 2, { acrossBatch: true }).values, W);
    });
    expect(new Set(said.map(([name]) => name))).toEqual(new Set(names));
    expect(said).toEqual(found);
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
