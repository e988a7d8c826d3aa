import { join } from 'node:path';
import {
  findChromium,
  NO_CHROMIUM,
  startChromium,
  type Chromium,
} from '../../experiments/browser/chromium.ts';
import { ONLY_GPU } from '../../experiments/browser/onlyGpu.ts';
import { cases } from '../backends/cases.ts';
import type { trainAndReload } from '../layers/trainAndReload.ts';

const BACKENDS = [
  { name: 'cpu', backend: 'cpu', flags: {} },
  { name: 'wasm', backend: 'wasm', flags: { WASM_HAS_MULTITHREAD_SUPPORT: false } },
  { name: 'wasm with threads', backend: 'wasm', flags: { WASM_HAS_MULTITHREAD_SUPPORT: true } },
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

  describe.each(BACKENDS)('in Chromium on $name,', ({ name, backend, flags }) => {
    let result: {
      backend: string;
      hasModule: boolean;
      isShared: boolean;
      hasGrown: boolean;
      failures: Record<string, string>;
    };

    beforeAll(async () => {
      const call = `runCases(${JSON.stringify(backend)}, ${JSON.stringify(flags)})`;
      result = (await chromium?.evaluate(call)) as typeof result;
    }, 600_000);

    it('runs on that backend', () => {
      expect(result.backend).toBe(backend);
    });

    if (backend === 'wasm') {
      it('runs the wasm module of this package in a memory that grows, also where threads share it', () => {
        const { hasModule, isShared, hasGrown } = result;
        const expected = {
          hasModule: true,
          isShared: name === 'wasm with threads',
          hasGrown: true,
        };
        expect({ hasModule, isShared, hasGrown }).toEqual(expected);
      });
    }

    it.each(cases)('$title', ({ title }) => {
      expect(result.failures[title]).toBeUndefined();
    });

    if (name === backend) {
      it('trains a model of the layers, and saves and loads it', async () => {
        const call = `trainLayers(${JSON.stringify(backend)})`;
        const result = (await chromium?.evaluate(call)) as Awaited<
          ReturnType<typeof trainAndReload>
        >;
        const { losses, difference, leaked } = result;
        expect(losses[losses.length - 1]).toBeLessThan(0.5 * losses[0]);
        expect({ difference, leaked }).toEqual({ difference: 0, leaked: 0 });
      }, 300_000);
    }

    if (name === 'webgpu') {
      it('says so where the device is lost, and starts again on another backend or device', async () => {
        const found = await chromium?.evaluate('loseDevice()');
        const message = expect.stringMatching(/device .*lost/i) as string;
        expect(found).toEqual({ message, onCpu: [4999, 4998], again: [4999, 4998] });
      }, 60_000);
    }

    if (name === 'webgpu') {
      it('passes all cases on a device that has only what every device has', async () => {
        const found = await chromium?.evaluate('runOnLeastDevice()');
        expect(found).toEqual({ failures: {}, storage: 16_384 });
      }, 600_000);
    }

    if (name === 'webgl, all on the GPU') {
      it.each([
        { what: 'integers above 2²⁴', dtype: 'int32', row: [2 ** 24, 2 ** 24 + 1] },
        { what: 'numbers near 0', dtype: 'float32', row: [0, 2 ** -149] },
      ])('topk takes $what as equal, as the docstring says', async ({ dtype, row }) => {
        const words = [backend, row, dtype].map((word) => JSON.stringify(word));
        const order = await chromium?.evaluate(`orderOnGpu(${words.join(', ')})`);
        expect(order).toEqual([0, 1]); // [1, 0] if they are told apart
      });
    }
  });
}
