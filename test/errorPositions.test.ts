import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import '@tensorflow/tfjs-backend-wasm';
import * as library from '../src/index.ts';

const { topk, softTopk, straightThroughTopk, gumbelTopk, quantile, RowSparse } = library;
const { takeAlongAxis, putAlongAxis, weightedRows, selectionRadius, checkGrads } = library;

/** A shape, and a position in it. */
const place = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      at: fc.tuple(...shape.map((size) => fc.integer({ min: 0, max: size - 1 }))),
    }),
  );

/** `fill` everywhere, but `wrong` at a position and in places after it. */
function withWrong<T>(shape: number[], at: number[], fill: T, wrong: T): tf.TensorLike {
  const flat = new Array<T>(tf.util.sizeFromShape(shape)).fill(fill);
  const first = tf.util.locToIndex(at, shape.length, tf.util.computeStrides(shape));
  flat[first] = wrong;
  flat[flat.length - 1] = wrong;
  const nested = (entries: T[], [size, ...others]: number[]): unknown => {
    if (others.length === 0) return entries;
    const step = entries.length / size;
    return Array.from({ length: size }, (_, i) => nested(entries.slice(i * step, (i + 1) * step), others)); // prettier-ignore
  };
  return nested(flat, shape) as tf.TensorLike;
}

const holds = (check: (shape: number[], at: number[], got: string) => void) => {
  fc.assert(
    fc.property(place, ({ shape, at }) => {
      check(shape, at, ` at [${at.join()}]`);
    }),
    { numRuns: 40 },
  );
};

describe.each(['cpu', 'wasm'])('on %s, errors say which entry is wrong:', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it('one that is no number', () => {
    holds((shape, at, where) => {
      const x = withWrong<unknown>(shape, at, 1, 'a');
      expect(() => topk(x, 0)).toThrow(`topk: x must be a tensor or an array of numbers, got "a"${where}`); // prettier-ignore
    });
  });

  it('an index out of range', () => {
    holds((shape, at, where) => {
      const indices = tf.tensor(withWrong(shape, at, 1, 7), shape, 'int32');
      const range = 'indices must be in [0, 3), got 7';
      for (const axis of shape.keys()) {
        const x = tf.zeros(shape.map((size, i) => (i === axis ? 3 : size)));
        expect(() => takeAlongAxis(x, indices, axis)).toThrow(`takeAlongAxis: ${range}${where}`);
        expect(() => putAlongAxis(tf.ones(shape), indices, 3, axis)).toThrow(`putAlongAxis: ${range}${where}`); // prettier-ignore
      }
      if (shape.length > 2) return;
      const D = tf.ones([3, 2]);
      expect(() => weightedRows(D, indices, tf.ones(shape))).toThrow(`weightedRows: ${range}${where}`); // prettier-ignore
      const x = tf.ones([...shape.slice(0, -1), 2]);
      expect(() => new RowSparse(indices, tf.ones(shape), x, 3)).toThrow(`RowSparse: ${range}${where}`); // prettier-ignore
    });
  });

  it('NaN, along any axis', () => {
    holds((shape, at, where) => {
      const x = tf.tensor(withWrong(shape, at, 1, NaN), shape);
      for (const axis of shape.keys()) {
        const n = shape[axis];
        for (const k of new Set([0, 1, n])) {
          for (const f of [softTopk, straightThroughTopk]) {
            expect(() => f(x, k, { axis })).toThrow(
              `${f.name}: x must be numbers, got NaN${where}`,
            );
          }
        }
        expect(() => gumbelTopk(x, n, { axis })).toThrow(`gumbelTopk: logits must be numbers, got NaN${where}`); // prettier-ignore
      }
      const f = (a: tf.Tensor, x: tf.Tensor) => x.mul(a);
      expect(() => checkGrads(f, [1, x])).toThrow(`inputs[1] must be finite, got NaN${where}`);
      if (shape.length > 1) return;
      expect(() => selectionRadius(tf.ones([1, shape[0]]), x, 1)).toThrow(`x must be finite, got NaN${where}`); // prettier-ignore
    });
  });
});

it('and of a list which of its elements', () => {
  expect(() => quantile([1, 2], [0.5, 2, -1])).toThrow('got 2 at [1]');
  const W = tf.variable(tf.ones([1, 1]));
  const loss = (v: tf.Tensor): tf.Scalar => v.sum();
  const grads = (variables: unknown) => () =>
    library.rowSparseGrads(W, [1], 1, loss, { variables: variables as [] });
  expect(grads([W, 3])).toThrow('got 3 at [1]');
  expect(grads({ W, b: 3 })).toThrow('got 3 at [b]');
  const optimizer = new library.SparseSGD(1);
  expect(() => {
    optimizer.applyGradients([{ name: W.name, tensor: tf.ones([1, 1]) }, null] as never);
  }).toThrow('got null at [1]');
});
