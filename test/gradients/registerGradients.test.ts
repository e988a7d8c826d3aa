import type * as Tfjs from '@tensorflow/tfjs';

// tfjs keeps its rules and kernels in one global registry, whatever copy of a module is loaded.
const load = (name: string): unknown => {
  let loaded: unknown;
  jest.isolateModules(() => {
    loaded = jest.requireActual(name);
  });
  return loaded;
};
const PACKAGE = '../../src/index.ts';

/** The gradient of tf.gather at top-k's indices, which tfjs's own rule for GatherV2 cannot give. */
function gradientByGather(tf: typeof Tfjs): unknown {
  const loss = (y: Tfjs.Tensor) => tf.gather(y, tf.topk(y, 2).indices).square().sum();
  return tf
    .grad(loss)(tf.tensor1d([3, 1, 2]))
    .arraySync();
}

describe('importing the package', () => {
  // tfjs itself warns when its own kernels are registered twice, as loading it twice does here.
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  beforeEach(() => {
    (load('@tensorflow/tfjs-core') as typeof Tfjs).env().set('IS_TEST', false);
  });
  afterEach(() => {
    const ours = warn.mock.calls
      .flat()
      .filter((text) => /TotalOrder|ScatterRows/.test(String(text)));
    expect(ours).toEqual([]);
  });

  it('works before @tensorflow/tfjs, which registers its own rule for GatherV2', async () => {
    load(PACKAGE);
    const tf = load('@tensorflow/tfjs') as typeof Tfjs;
    await Promise.resolve(); // the program start is over
    expect(gradientByGather(tf)).toEqual([6, 0, 4]);
  });

  it('works with topk before @tensorflow/tfjs at once, and where that loads later', async () => {
    const { topk } = load(PACKAGE) as { topk: typeof Tfjs.topk };
    for (const turn of ['at once', 'later']) {
      const tf = load('@tensorflow/tfjs') as typeof Tfjs;
      const loss = (y: Tfjs.Tensor) => tf.gather(y, topk(y, 2).indices).square().sum();
      expect([
        turn,
        tf
          .grad(loss)(tf.tensor1d([3, 1, 2]))
          .arraySync(),
      ]).toEqual([turn, [6, 0, 4]]);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  });

  it('works after it, before and after a backend, and twice', () => {
    const tf = load('@tensorflow/tfjs') as typeof Tfjs;
    const first = load(PACKAGE) as { topk: typeof Tfjs.topk };
    expect(gradientByGather(tf)).toEqual([6, 0, 4]);
    expect(first.topk([1, 3, 2], 1).indices.arraySync()).toEqual([1]);
    jest.requireActual('@tensorflow/tfjs-backend-wasm');
    const second = load(PACKAGE) as { topk: typeof Tfjs.topk };
    for (const { topk } of [first, second]) {
      expect(topk([1, 3, 2], 1).indices.arraySync()).toEqual([1]);
      const gradient = tf.grad((y) => topk(y, 2).values.square().sum());
      expect(gradient(tf.tensor1d([3, 1, 2])).arraySync()).toEqual([6, 0, 4]);
    }
  });
});
