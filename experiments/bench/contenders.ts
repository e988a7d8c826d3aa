import * as tf from '@tensorflow/tfjs';
import { compileAssembly } from '../../scripts/buildWasm.ts';
import { rowSparseGrads, topk, topkLinear } from '../../src/index.ts';
import { inputs, type Task } from './inputs.ts';
import { startedBackends } from '../cli/useBackend.ts';

/** Something to be timed, on a backend that is in use when it runs. */
export interface Contender {
  name: string;
  backend: string;
  run: () => void;
  /** what it computes, to be compared with the others */
  find?: () => number[];
}

const disposed = (make: () => tf.TensorContainer) => () => {
  tf.dispose(make());
};
const numbers = (...tensors: tf.Tensor[]) => tensors.flatMap((t) => Array.from(t.dataSync()));
const squares = (values: tf.Tensor): tf.Scalar => values.square().sum();

/** What this process can do of a task. tfjs itself orders no NaN, and selects only the largest. */
export function contenders(task: Task): Contender[] {
  return startedBackends.flatMap((backend) => {
    void tf.setBackend(backend); // started already, so this takes effect at once
    return task.work === 'topk' ? ofTopk(task, backend) : ofGradient(task, backend);
  });
}

function ofTopk(task: Task, backend: string): Contender[] {
  const { rows, n, k, order, dtype, largest } = task;
  const data = inputs(rows * n, order, dtype, 1);
  const x = tf.tensor(data, rows > 1 ? [rows, n] : [n], dtype);
  type Both = Record<'values' | 'indices', tf.Tensor>;
  const both = (select: () => Both, name: string): Contender => ({
    name,
    backend,
    run: disposed(select),
    find: () =>
      tf.tidy(() => {
        const { values, indices } = select();
        const places = indices.dataSync();
        const gathered = Array.from(places, (place, i) => data[Math.floor(i / k) * n + place]);
        return [...numbers(values), ...gathered];
      }),
  });
  const ours = both(() => topk(x, k, { largest }), `this package, ${backend}`);
  const isForStock = order !== 'a quarter NaN' && largest;
  const stock = isForStock ? [both(() => tf.topk(x, k), `tfjs, ${backend}`)] : [];
  return [ours, ...ofMemory(x, 'one read of the data'), ...stock];
}

/** Σ topk(Wx)² as tfjs can differentiate it: by an explicit selection matrix. */
export const oneHot = (k: number) => (W: tf.Tensor, x: tf.Tensor) => {
  const y = tf.dot(W, x);
  const P = tf.oneHot(tf.topk(y, k).indices, y.size).cast('float32');
  return squares(tf.dot(P, y));
};

function ofGradient({ rows, n, d, k }: Task, backend: string): Contender[] {
  // cpu has no SIMD: minutes. Of tensorflow only the batch is looked at.
  if (backend === 'cpu' || (backend === 'tensorflow' && rows === 0)) return [];
  const W = tf.tensor2d(inputs(n * d, 'random', 'float32', 1), [n, d]);
  const xs = inputs(Math.max(1, rows) * d, 'random', 'float32', 2);
  const x = tf.tensor(xs, rows > 0 ? [rows, d] : [d]);
  const loss = (W: tf.Tensor, x: tf.Tensor) => squares(topkLinear(W, x, k).values);
  /** With one number that depends on each entry of dW and its place. */
  const found = (value: tf.Tensor, dW: tf.Tensor, dx: tf.Tensor) => {
    const [ofRows, ofColumns] = [n, d].map((size) => inputs(size, 'random', 'float32', 3));
    const sums = tf.dot(dW, tf.tensor1d(ofColumns));
    return numbers(value, tf.dot(tf.tensor1d(ofRows), sums), dx);
  };
  const dense = (name: string, f: typeof loss): Contender => ({
    name: `${name}, ${backend}`,
    backend,
    run: disposed(() => tf.grads(f)([W, x])),
    find: () =>
      tf.tidy(() => {
        const { value, grads } = tf.valueAndGrads(f)([W, x]);
        return found(value, grads[0], grads[1]);
      }),
  });
  const sparse = () => rowSparseGrads(W, x, k, squares);
  return [
    {
      name: `topk(Wx) alone, ${backend}`,
      backend,
      run: disposed(() => topkLinear(W, x, k)),
    },
    {
      name: `row-sparse gradient, ${backend}`,
      backend,
      run: disposed(() => sparse() as object as tf.TensorContainerObject),
      find: () =>
        tf.tidy(() => {
          const { value, dW, dx } = sparse();
          return found(value, dW.dense(), dx);
        }),
    },
    dense('dense gradient', loss),
    ...(rows > 0
      ? [
          {
            name: `tfjs, xWᵀ and topk, ${backend}`,
            backend,
            run: disposed(() => tf.topk(tf.transpose(tf.dot(W, tf.transpose(x))), k)),
          },
        ]
      : [
          dense('tfjs, one-hot gradient', oneHot(k)),
          { name: `tfjs, Wx alone, ${backend}`, backend, run: disposed(() => tf.dot(W, x)) },
        ]),
    ...ofMemory(W, 'one read of W'),
  ];
}

/** The limit of all: every number read once, in SIMD, from the memory of wasm. */
function ofMemory(x: tf.Tensor, name: string): Contender[] {
  if (tf.getBackend() !== 'wasm') return [];
  const { wasm, dataIdMap } = tf.backend() as object as {
    wasm: { asm: { memory: object } };
    dataIdMap: { get: (dataId: object) => { memoryOffset: number } };
  };
  const { memory } = wasm.asm;
  reader ??= new WebAssembly.Instance(new WebAssembly.Module(compileAssembly(READ)), {
    env: { memory },
  }).exports;
  const { read } = reader;
  const run = () => {
    read(dataIdMap.get(x.dataId).memoryOffset, x.size);
  };
  return [{ name, backend: 'wasm', run }];
}

const READ = `${__dirname}/assembly`;
let reader: { read: (address: number, size: number) => number } | undefined;
declare const WebAssembly: {
  Module: new (binary: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: object,
  ) => {
    exports: { read: (address: number, size: number) => number };
  };
};
