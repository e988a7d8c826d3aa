import { join } from 'node:path';
import {
  findChromium,
  NO_CHROMIUM,
  startChromium,
  type Chromium,
} from '../../experiments/lib/chromium.ts';
import { ONLY_GPU } from '../../experiments/lib/onlyGpu.ts';
import { cases } from '../backends/cases.ts';

const BACKENDS = [
  { name: 'cpu', backend: 'cpu', flags: {} },
  { name: 'webgl', backend: 'webgl', flags: {} },
  { name: 'webgl, all on the GPU', backend: 'webgl', flags: ONLY_GPU },
  { name: 'webgpu', backend: 'webgpu', flags: {} },
  { name: 'webgpu, all on the GPU', backend: 'webgpu', flags: ONLY_GPU },
];

if (findChromium() === undefined && process.env.CI === undefined) {
  it.skip(`runs in a browser: ${NO_CHROMIUM}`, () => undefined);
} else {
  let chromium: Chromium | undefined;
  beforeAll(async () => {
    chromium = await startChromium(join(__dirname, 'page.ts'));
  }, 60_000);
  afterAll(() => chromium?.close());

  describe.each(BACKENDS)('in Chromium on $name, topk', ({ name, backend, flags }) => {
    let result: { backend: string; failures: Record<string, string> };

    beforeAll(async () => {
      const call = `runCases(${JSON.stringify(backend)}, ${JSON.stringify(flags)})`;
      result = (await chromium?.evaluate(call)) as typeof result;
    }, 600_000);

    it('runs on that backend', () => {
      expect(result.backend).toBe(backend);
    });

    it.each(cases)('$title', ({ title }) => {
      expect(result.failures[title]).toBeUndefined();
    });

    if (name.includes('GPU')) {
      it('does take integers above 2²⁴ for float32, as the docstring says', async () => {
        const row = [2 ** 24, 2 ** 24 + 1];
        const call = `orderOnGpu(${JSON.stringify(backend)}, ${JSON.stringify(row)}, 'int32')`;
        expect(await chromium?.evaluate(call)).toEqual([0, 1]);
      });
    }
  });
}
