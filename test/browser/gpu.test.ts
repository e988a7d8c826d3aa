import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../../experiments/browser/chromium.ts';
import type { GpuReport } from '../../experiments/gpu/Measurement.ts';
import { spawnExperiment } from '../experiments/spawnExperiment.ts';

describe('experiment:gpu', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gpu-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  ((findChromium() ?? process.env.CI) ? it : it.skip)(
    'counts dispatches, reads and values on three backends, names the adapter, and saves all figures',
    () => {
      const { stdout, claims, failed, status } = spawnExperiment('gpu', ['--quick', '--save', folder]); // prettier-ignore
      expect({ failed, status }).toEqual({ failed: [], status: 0 });
      expect(claims).toHaveLength(4); // the others are on time
      expect(readdirSync(folder)).toEqual(expect.arrayContaining(['gpu.json', 'gpu-1.svg']));
      const { adapter, isSoftware, measurements } = JSON.parse(
        readFileSync(join(folder, 'gpu.json'), 'utf8'),
      ) as GpuReport;
      expect(stdout).toContain(`webgpu's adapter: ${adapter}`);
      expect(stdout.includes('THIS IS A SOFTWARE RENDERER')).toBe(isSoftware);
      expect(measurements.map(({ backend }) => backend)).toEqual(
        ['webgpu', 'webgl', 'wasm'].flatMap((backend) => Array<string>(7).fill(backend)),
      );
      for (const { backend, dispatches, stock, ours, upload, readBack } of measurements) {
        expect(Math.min(stock, ours, upload, readBack)).toBeGreaterThan(0);
        expect(dispatches > 0).toBe(backend === 'webgpu');
      }
    },
    120_000,
  );
});
