import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { KMaxPooling, TopkActivation } from '../../src/layers/index.ts';
import { plainTopk } from '../oracles/plainTopk.ts';

const AWKWARD = [NaN, Infinity, -Infinity, 0, 1, 2, -3];
const INTEGERS = [-(2 ** 31), 2 ** 31 - 1, 2 ** 24 + 1, -(2 ** 25), 0, 1, 5];
const steps = (entries: number[]) =>
  fc.array(fc.record({ entry: fc.constantFrom(...entries), isStep: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  });
const problem = fc.constantFrom('float32' as const, 'int32' as const).chain((dtype) =>
  fc.record({
    dtype: fc.constant(dtype),
    steps: steps(dtype === 'int32' ? INTEGERS : AWKWARD),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    largest: fc.boolean(),
  }),
);

/** The steps that are selected of those that count, in their order. */
function selected({
  steps,
  k,
  largest,
}: {
  steps: { entry: number; isStep: boolean }[];
  k: number;
  largest: boolean;
}) {
  // prettier-ignore
  const places = steps.flatMap(({ isStep }, t) => (isStep ? [t] : []));
  const { indices } = plainTopk(places.map((t) => steps[t].entry), k, largest); // prettier-ignore
  return indices.map((i) => places[i]).sort((s, t) => s - t);
}

describe.each(['cpu', 'wasm'])('of the steps that a mask leaves, on %s,', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(() => tf.setBackend('cpu'));

  it('the layers select the k largest, whatever their entries, and no others', () => {
    fc.assert(
      fc.property(problem, ({ dtype, steps, share, largest }) => {
        tf.engine().startScope();
        const T = steps.length;
        const k = Math.max(1, Math.ceil(share * T));
        const entries = steps.map(({ entry }) => entry);
        const x = tf.tensor3d(entries, [1, T, 1], dtype);
        const isStep = steps.map(({ isStep }) => isStep);
        const mask = tf.tensor2d(isStep, [1, T], 'bool');

        const kept = selected({ steps, k, largest });
        const activation = new TopkActivation({ k, axis: 1, largest }).apply(x, { mask });
        const expected = entries.map((entry, t) => (kept.includes(t) ? entry : 0));
        expect(activation).toEqualTensor(tf.tensor3d(expected, [1, T, 1], dtype));

        const pooled = selected({ steps, k, largest: true }).map((t) => entries[t]);
        const zeros = Array<number>(k - pooled.length).fill(0);
        const pooling = new KMaxPooling({ k }).apply(x, { mask });
        expect(pooling).toEqualTensor(tf.tensor3d([...pooled, ...zeros], [1, k, 1], dtype));
        tf.engine().endScope();
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
