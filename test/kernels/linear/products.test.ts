import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { LinearTopK } from '../../../src/kernels/linear/LinearTopK.ts';
import { products } from '../../../src/kernels/linear/products.ts';
import { runKernel } from '../../../src/kernels/runKernel.ts';
import type { topkLinear as Linear } from '../../../src/topkLinear.ts';

declare const WebAssembly: Record<'Memory', () => object>;

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const dataOf = (t: tf.Tensor) => t.dataSync<'float32'>();

/** Compares products with sums in double precision: all, or some of very many. */
function expectProducts(
  found: Float32Array | undefined,
  W: Float32Array,
  x: Float32Array,
  d: number,
) {
  const [n, b] = [W.length / d, x.length / d];
  expect(found).toHaveLength(b * n);
  for (let at = 0; at < b * n; at += Math.ceil((b * n * d) / 3e6)) {
    const [e, i] = [Math.floor(at / n), at % n];
    let [sum, size] = [0, 0];
    for (let j = 0; j < d; j++) {
      const term = W[i * d + j] * x[e * d + j];
      sum += term;
      size += Math.abs(term);
    }
    const error = Math.abs((found?.[at] ?? NaN) - sum);
    if (!(error <= 2 ** -20 * size)) expect({ e, i, error }).toEqual({ e, i, error: 0 }); // expect is slow
  }
}

describe('products', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  // A panel of W has 2¹⁸ numbers, and 2¹⁶ of x are multiplied by it.
  const shapes = [
    [1, 1, 1],
    [2, 1, 9],
    [1, 3, 5],
    [700, 1024, 3], // panels of 256 rows
    [257, 1024, 66], // a panel of one row, and two examples beyond the first 64
    [3, 150_000, 6], // two rows of W are more than a panel, and four examples more than their block
  ] as const;
  it.each(shapes)('are x Wᵀ, for W [%d, %d] and %d examples', (n, d, b) => {
    tf.tidy(() => {
      const [W, x] = [dataOf(normal([n, d], 1)), dataOf(normal([b, d], 2))];
      expectProducts(products(W, x, d), W, x, d);
    });
  });

  it('are those of any other shape, too', () => {
    const size = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(size(40), size(40), size(20), fc.nat(), (n, d, b, seed) => {
        tf.tidy(() => {
          const [W, x] = [dataOf(normal([n, d], seed)), dataOf(normal([b, d], seed + 1))];
          expectProducts(products(W, x, d), W, x, d);
        });
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('give topk(Wx) on cpu the same bits as on wasm', async () => {
    const select = async (backend: string) => {
      await tf.setBackend(backend);
      return tf.tidy(() => {
        const [W, x] = [normal([700, 300], 3), normal([6, 300], 4)];
        return runKernel(LinearTopK, { W, x }, { k: 700 }).map((t) => Array.from(t.dataSync()));
      });
    };
    expect(await select('cpu')).toEqual(await select('wasm'));
  });

  it('are those of tfjs where a page forbids WebAssembly', () => {
    const forbidden = jest.spyOn(WebAssembly, 'Memory').mockImplementation(() => {
      throw new Error('Refused to compile or instantiate WebAssembly');
    });
    try {
      jest.isolateModules(() => {
        const load = jest.requireActual;
        const fresh = load<{ products: typeof products }>(
          '../../../src/kernels/linear/products.ts',
        );
        expect(fresh.products(new Float32Array(6), new Float32Array(3), 3)).toBeUndefined();
        load('@tensorflow/tfjs');
        const { topkLinear } = load<{ topkLinear: typeof Linear }>('../../../src/topkLinear.ts');
        const { values } = topkLinear([[1, 2], [3, 4], [0, 1]], [[1, 1], [0, 1]], 2); // prettier-ignore
        expect(values).toEqualTensor([[7, 3], [4, 2]]); // prettier-ignore
      });
    } finally {
      forbidden.mockRestore();
    }
  });
});
