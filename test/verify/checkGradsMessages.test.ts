import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { checkGrads, topk } from '../../src/index.ts';
import { errorOf, reportOf } from './errorOf.ts';
import { runs } from './runs.ts';
import { withGradient } from './withGradient.ts';

const FIRST_ORDER = { order: 1 } as const;

describe('checkGrads says', () => {
  it('that the gradient is zero everywhere: a softmax after top-k with k = 1', () => {
    const gate = (logits: tf.Tensor) => topk(logits, 1).values.softmax();
    expect(checkGrads(gate, [[2, 1, 0]]).notes).toEqual([
      'the gradient in inputs[0] is zero everywhere: inputs[0] has no influence on f here',
    ]);
  });

  it('which input has no influence on f, and nothing of an empty one', () => {
    const f = (x: tf.Tensor, _: tf.Tensor, empty: tf.Tensor) => x.square().sum().add(empty.sum());
    const { notes } = checkGrads(f, [[1, 2], [3], tf.zeros([0])]);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('inputs[1] has no influence on f');
  });

  it('that a gradient is lost: it is zero everywhere, f is not constant', () => {
    const f = (x: tf.Tensor) => tf.tensor(x.dataSync()).square();
    expect(() => checkGrads(f, [[1, 2]])).toThrow(
      /Note: the gradient in inputs\[0\] is zero everywhere\.$/,
    );
  });

  it('that a rule gives something else at each call', () => {
    let calls = 0;
    const random = withGradient(
      (x) => x.square(),
      (dy, x) => dy.mul(x).mul(2 + (calls++ % 2)),
    );
    expect(() => checkGrads(random, [[1, 2]])).toThrow(
      'checkGrads: the gradient of f in inputs[0] must be the same at each call, got 2 and 3',
    );
  });

  it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ['Tanh', (x) => x.tanh()],
    ['Exp', (x) => x.exp()],
    ['Sigmoid', (x) => x.sigmoid()],
    ['Softmax', (x) => x.softmax().mul([1, 2])],
    ['Elu', (x) => x.elu()],
    ['Pow', (x) => tf.pow(2, x)],
  ])('that order 1 agrees, and that the second derivative of %s is wrong in tfjs', (kernel, f) => {
    const check = () => checkGrads(f, [[0.3, -0.5]]);
    expect(check).toThrow('checkGrads: order 2: gradient and central difference disagree');
    expect(check).toThrow('The gradient itself, order 1, agrees.');
    expect(check).toThrow(`f uses ${kernel}, whose second derivative is wrong in tfjs`);
    expect(reportOf(check).order).toBe(2);
  });

  it('how many entries it compared of the order that fails, without those of order 1', () => {
    const entries = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(entries, fc.boolean(), (n, isSum) => {
        const x = Array.from({ length: n }, (_, i) => 0.3 + 0.2 * i);
        const f = (x: tf.Tensor) => (isSum ? x.exp().sum() : x.exp());
        const check = () => checkGrads(f, [x]);
        const wrong = isSum ? n : 1; // the gradient of one output at a time, and it stops at the first that fails
        const all = n === 1 ? '1 entry' : `${String(n * n)} entries`;
        expect(check).toThrow(`disagree in ${String(wrong)} of ${all}, most in`);
        expect(reportOf(check).entries).toBe((isSum ? n : n * n) + n * n);
      }),
      runs(20),
    );
  });

  it('the same of a kink of the gradient', () => {
    const check = () => checkGrads((x: tf.Tensor) => x.relu().square().sum(), [[0, 1]]);
    expect(check).toThrow('There is a kink in 1 of 4 entries');
  });

  it('the same of a model that contains tf.tanh, in every input', () => {
    const [W, V] = [tf.randomNormal([2, 2], 0, 1, 'float32', 1), tf.ones([2, 2])];
    const model = (W: tf.Tensor, x: tf.Tensor) => tf.dot(V, tf.dot(W, x).tanh()).square().sum();
    expect(checkGrads(model, [W, [0.5, -0.2]], FIRST_ORDER).failures).toBe(0);
    const message = errorOf(() => checkGrads(model, [W, [0.5, -0.2]]))?.message;
    expect(message).toContain('The gradient itself, order 1, agrees.');
    expect(message).toContain('f uses Tanh, whose second derivative is wrong in tfjs');
  });

  it('nothing of tfjs if the fault is in order 1', () => {
    const wrong = withGradient(
      (x) => x.exp(),
      (dy) => dy,
    );
    const message = errorOf(() => checkGrads(wrong, [[1]]))?.message;
    expect(message).toContain('order 1: ');
    expect(message).not.toContain('tfjs');
  });
});
