import { join } from 'node:path';
import {
  findChromium,
  NO_CHROMIUM,
  startChromium,
  type Chromium,
} from '../../experiments/browser/chromium.ts';

/** What docs/recipes.md says in its table of backends. */
const READ_ON_WEBGL = {
  'topk of short rows': 16_000,
  'topk of long rows, k = 200': 240_000,
  'tf.topk of short rows, with the fast kernels': 16_000, // where nothing is replaced
  'topk of integers, along another axis': 240_000,
  'topkActivation of short rows': 16_000,
  topkLinear: 2400, // of Wx
  'the gradient of topkLinear': 2400,
  rowSparseGrads: 2400,
  'sort of long rows': 240_000,
  'median of short rows': 16_000,
  'softTopk of short rows': 16_000,
};

if (findChromium() === undefined && process.env.CI === undefined) {
  it.skip(`reads in a browser: ${NO_CHROMIUM}`, () => undefined);
} else {
  let chromium: Chromium | undefined;
  beforeAll(async () => {
    chromium = await startChromium(join(__dirname, 'readsPage.ts'));
  }, 60_000);
  afterAll(() => chromium?.close());

  it.each([
    { backend: 'webgl', expected: READ_ON_WEBGL },
    { backend: 'webgpu', expected: {} },
  ])(
    'on $backend only what the table says waits for the device',
    async ({ backend, expected }) => {
      const reads = (await chromium?.evaluate(`countReads("${backend}")`)) as Record<
        string,
        number
      >;
      expect(Object.keys(reads)).toHaveLength(23);
      expect(Object.fromEntries(Object.entries(reads).filter(([, n]) => n > 0))).toEqual(expected);
    },
    300_000,
  );

  it('after `await x.data()` nothing on webgl waits that otherwise would, as the page says', async () => {
    const waits = (await chromium?.evaluate('countWaits()')) as Record<string, [number, number]>;
    const names = ['topk', 'topk, k = 200', 'topkActivation', 'sort', 'median', 'softTopk'];
    expect(waits).toEqual(Object.fromEntries(names.map((name) => [name, [1, 0]])));
  }, 60_000);
}
