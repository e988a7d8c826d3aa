import * as tf from '@tensorflow/tfjs';
import * as library from '../src/index.ts';
import * as layers from '../src/layers/index.ts';

const W = tf.variable(tf.ones([3, 1]));
const sum = (v: tf.Tensor): tf.Scalar => v.sum();

/** Every function that takes an object of options, called with these. */
const CALLS: [name: string, call: (options: never) => unknown][] = [
  ['topk', (options) => library.topk([1, 2], 1, options)],
  ['topkActivation', (options) => library.topkActivation([1, 2], 1, options)],
  ['topkLinear', (options) => library.topkLinear(W, [1], 1, options)],
  ['rowSparseGrads', (options) => library.rowSparseGrads(W, [1], 1, sum, options)],
  ['RowSparse', (options) => new library.RowSparse([0], [1], [1], 1, options)],
  ['sort', (options) => library.sort([1, 2], options)],
  ['quantile', (options) => library.quantile([1, 2], 0.5, options)],
  ['softTopk', (options) => library.softTopk([1, 2], 1, options)],
  ['straightThroughTopk', (options) => library.straightThroughTopk([1, 2], 1, options)],
  ['gumbelTopk', (options) => library.gumbelTopk([1, 2], 1, options)],
  ['checkGrads', (options) => library.checkGrads(sum, [[1, 2]], options)],
  ['TopkActivation', (args) => new layers.TopkActivation(args)],
  ['KMaxPooling', (args) => new layers.KMaxPooling(args)],
  ['TopkGate', (args) => new layers.TopkGate(args)],
];

const OTHERS = [new Map([['axis', 0]]), new Set(), [], ['axis'], new Date(), /x/, Uint8Array.of(1)];

describe.each(CALLS)('%s', (name, call) => {
  it.each(OTHERS)('refuses options that are no plain object: %p', (options) => {
    const got = `got ${options.constructor.name}`;
    expect(() => call(options as never)).toThrow(`${name}: options must be a plain object, ${got}`);
  });

  if (name in layers) return; // which need a k
  it('takes one without a prototype', () => {
    expect(() => call(Object.create(null) as never)).not.toThrow();
  });
});

it('a Map is no list of gradients or variables either', () => {
  expect(() => {
    new library.SparseSGD(1).applyGradients(new Map([[W.name, W]]) as never);
  }).toThrow('must be gradients by the names of variables, or a list of {name, tensor}, got Map');
  const variables = new Map([[W.name, W]]) as never;
  expect(() => library.rowSparseGrads(W, [1], 1, sum, { variables })).toThrow(
    'variables must be a list of tf.Variables, or tensors by names, got Map',
  );
});
