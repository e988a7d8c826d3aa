import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { RowSparse, SparseAdam, SparseSGD } from '../../src/index.ts';

const ofRow0 = (W: tf.Variable) => new RowSparse([0], [1], tf.ones([W.shape[1] ?? 0]), W.shape[0]);

describe('a step on wasm', () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
  });
  afterAll(() => tf.setBackend('cpu'));

  const heapSize = () =>
    (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;

  it.each<[string, (W: tf.Variable<tf.Rank.R2>) => () => void]>([
    ['subtractFrom', (W) => () => void ofRow0(W).subtractFrom(W, 1)],
    [
      'SparseSGD',
      (W) => {
        const optimizer = new SparseSGD(1);
        return () => {
          optimizer.applyGradients({ [W.name]: ofRow0(W) });
        };
      },
    ],
  ])('of %s is taken where the memory grows meanwhile', (_, stepOf) => {
    const W = tf.variable<tf.Rank.R2>(tf.tensor2d([[0, 0], [7, 7]])); // prettier-ignore
    const step = stepOf(W);
    const kept: tf.Tensor[] = [];
    let [growths, taken] = [0, 0];
    for (let size = heapSize(); growths < 3;) {
      kept.push(tf.ones([4096]));
      tf.tidy(step);
      taken++;
      if (heapSize() > size) growths++;
      size = heapSize();
    }
    expect(W).toEqualTensor([[-taken, -taken], [7, 7]]); // prettier-ignore
    tf.dispose([W, ...kept]);
  });

  it('with momentum is taken where the variable shares its data and the memory grows', () => {
    for (const rows of [1000, 10_000, 20_000, 40_000]) {
      const t = tf.ones([rows, 100]);
      const W = tf.variable(t);
      new SparseSGD(0.5, 0.5).applyGradients({ [W.name]: tf.ones([rows, 100]) });
      expect(W.min()).toEqualTensor(0.5);
      expect(W.max()).toEqualTensor(0.5);
      tf.dispose([t, W]);
    }
  });
});

describe('a variable whose data are integers, as a cast on cpu leaves them,', () => {
  beforeAll(() => tf.setBackend('cpu'));

  const variable = () => tf.variable(tf.tensor2d([[1, 2], [3, 4]], [2, 2], 'int32').cast('float32')); // prettier-ignore

  it('takes steps of subtractFrom, SparseSGD and SparseAdam', () => {
    const [A, B, C] = [variable(), variable(), variable()];
    ofRow0(A).subtractFrom(A, 0.5);
    expect(A).toEqualTensor([[0.5, 1.5], [3, 4]]); // prettier-ignore
    new SparseSGD(0.5).applyGradients({ [B.name]: ofRow0(B) });
    expect(B).toEqualTensor([[0.5, 1.5], [3, 4]]); // prettier-ignore
    new SparseAdam(0.5).applyGradients({ [C.name]: ofRow0(C) });
    expect(C).toBeCloseToTensor([[0.5, 1.5], [3, 4]], 1e-6); // prettier-ignore
  });
});
