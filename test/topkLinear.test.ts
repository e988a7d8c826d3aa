import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { checkGrads, selectionRadius, topk, topkLinear } from '../src/index.ts';
import peers from './oracles/peers.json';
import { IS_WHOLE } from './isWhole.ts';

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('topkLinear', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  it.each(peers.order1)('has the gradients of PyTorch for its case $#', ({ W, x, k, ...torch }) => {
    const loss = (W: tf.Tensor, x: tf.Tensor) => topkLinear(W, x, k).values.square().sum();
    const [dW, dx] = tf.grads(loss)([tf.tensor2d(W), tf.tensor1d(x)]);
    expect(topkLinear(W, x, k).indices).toEqualTensor(torch.indices);
    expect(dW).toBeCloseToTensor(torch.dW, 1e-5);
    expect(dx).toBeCloseToTensor(torch.dx, 1e-5);
  });

  describe.each(['cpu', 'wasm'])('on %s', (backend) => {
    beforeAll(async () => {
      await tf.setBackend(backend);
    });

    it('computes every product, for whole blocks of rows, vectors and entries and for parts of them', () => {
      for (const n of [1, 2, 3, 4, 7]) {
        for (const d of [1, 3, 4, 5, 16, 20]) {
          for (const b of [1, 3, 4, 5, 8, 9, 130]) {
            const [W, x] = [normal([n, d], n + d), normal([b, d], 7 * b)];
            const rows = [W, x].map((t) => t.arraySync() as number[][]);
            const products = rows[1].map((x) =>
              rows[0].map((w) => w.reduce((total, entry, j) => total + entry * x[j], 0)),
            );
            const { values, indices } = topkLinear(W, x, n);
            const selected = indices.arraySync() as number[][];
            const expected = selected.map((row, e) => row.map((i) => products[e][i]));
            expect(values).toBeCloseToTensor(expected, 1e-5);
            const all = [...Array(n).keys()];
            expect(selected.map((row) => [...row].sort())).toEqualTensor(selected.map(() => all));
            tf.dispose([W, x, values, indices]);
          }
        }
      }
    });

    it.each([undefined, 1, 3])('passes checkGrads to order 2, for a batch of %s', (b) => {
      const x = normal(b === undefined ? [4] : [b, 4], 2);
      const f = (W: tf.Tensor, x: tf.Tensor) => {
        const { values } = topkLinear(W, x, 2);
        return values.mul(values).mul([1, 2]).sum();
      };
      const margin = (W: tf.Tensor, x: tf.Tensor) => {
        const { inW, inX } = selectionRadius(W, x, 2);
        return [inW, inX];
      };
      expect(checkGrads(f, [normal([6, 4], 1), x], { margin }).failures).toBe(0);
    });

    it.each([1, 3, 4, 5, 16, 17, 67])('selects the k largest of the product, for d = %d', (d) => {
      for (const b of [1, 3, 4, 7]) {
        const [W, x] = [normal([50, d], d), normal([b, d], b)];
        const y = x.expandDims(1).mul(W).sum(-1); // [b, 50]
        const ours = topkLinear(W, x, 10);
        const { values, indices } = topk(y, 10);
        expect(ours.values).toBeCloseToTensor(values, 1e-5);
        expect(ours.indices).toEqualTensor(indices);
        const alone = topkLinear(W, tf.reshape(x.slice(b - 1, 1), [d]), 10);
        expect(alone.indices).toEqualTensor(ours.indices.slice(b - 1, 1).reshape([10]));
      }
    });

    it('takes tensors that another backend holds', async () => {
      await tf.setBackend(backend === 'cpu' ? 'wasm' : 'cpu');
      const [W, x] = [tf.tensor2d([[1, 2], [3, 4]]), tf.tensor1d([1, 1])]; // prettier-ignore
      await tf.setBackend(backend);
      expect(topkLinear(W, x, 1).values).toEqualTensor([7]);
    });

    it('orders NaN first, as topk does', () => {
      const { values, indices } = topkLinear([[1], [NaN], [3]], [1], 2);
      expect(values).toEqualTensor([NaN, 3]);
      expect(indices).toEqualTensor([1, 2]);
    });

    it('keeps no memory but that of its results', () => {
      const [W, x] = [normal([1000, 8], 1), normal([8], 2)];
      const before = tf.memory().numBytes;
      const result = topkLinear(W, x, 5);
      expect(tf.memory().numBytes - before).toBe(5 * 4 + 5 * 4);
      tf.dispose(result);
    });
  });

  const whole = IS_WHOLE ? it : it.skip; // 6 s
  whole(
    'takes a batch on wasm whose Wx would not fit into wasm’s memory (with WHOLE=1)',
    async () => {
      await tf.setBackend('wasm');
      const [n, d, b] = [65_536, 1, 16_384]; // 4 GB of products
      const [W, x] = [tf.range(0, n, 1, 'float32').reshape([n, 1]).tile([1, d]), tf.ones([b, d])];
      const { values, indices } = topkLinear(W, x, 2);
      expect([values.min(), values.max()]).toEqualTensor([d * (n - 2), d * (n - 1)]);
      expect(indices.slice([b - 1, 0])).toEqualTensor([[n - 1, n - 2]]);
      tf.dispose([W, x, values, indices]);
      await tf.setBackend('cpu');
    },
  );

  it('refuses a tensor that was cast on cpu and moved to wasm, where its data are integers', async () => {
    await tf.setBackend('cpu');
    const W = tf.tensor2d([[1], [3]], [2, 1], 'int32').cast('float32');
    await tf.setBackend('wasm');
    expect(() => topkLinear(W, [2], 1)).toThrow(
      'topkLinear: W must hold float32, got data cast on another backend',
    );
    await tf.setBackend('cpu');
  });

  it('refuses shapes that do not fit, empty ones, other dtypes and k outside its range', () => {
    const W = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    for (const [bad, message] of [
      [() => topkLinear([1, 2], [1, 2], 1), 'W must be of shape [n, d], n and d >= 1, got [2]'],
      [() => topkLinear(tf.zeros([3, 0]), tf.zeros([0]), 1), 'W must be of shape [n, d], n and d >= 1, got [3,0]'], // prettier-ignore
      [() => topkLinear(tf.zeros([0, 2]), [1, 2], 0), 'W must be of shape [n, d], n and d >= 1, got [0,2]'], // prettier-ignore
      [() => topkLinear(W, [1], 1), 'x must be of shape [2] or [b, 2] for W [3,2], got [1]'],
      [() => topkLinear(W, 1, 1), 'x must be of shape [2] or [b, 2] for W [3,2], got []'],
      [() => topkLinear(W, [[[1, 2]]], 1), 'x must be of shape [2] or [b, 2] for W [3,2], got [1,1,2]'], // prettier-ignore
      [() => topkLinear(W, [1, 2], 4), 'k must be an integer in [0, 3], got 4'],
      [() => topkLinear(W, [1, 2], 1.5), 'k must be an integer in [0, 3], got 1.5'],
      [() => topkLinear(tf.ones([2, 2], 'int32'), [1, 2], 1), 'W must be float32, got int32'],
      [() => topkLinear(W, tf.ones([2], 'bool'), 1), 'x must be float32, got bool'],
    ] as [() => unknown, string][]) {
      expect(bad).toThrow(`topkLinear: ${message}`);
    }
  });
});
