import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { chromium, type Browser } from 'playwright-core';
import { cases } from '../backends/cases.ts';
import { findChromium } from './findChromium.ts';

// Software rendering, so that webgl and webgpu run on a machine without a GPU, too.
const ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
  '--use-angle=swiftshader',
  '--enable-features=Vulkan',
];

const ONLY_GPU = {
  WEBGL_CPU_FORWARD: false,
  WEBGPU_CPU_FORWARD: false,
  TOPK_LAST_DIM_CPU_HANDOFF_SIZE_THRESHOLD: 0,
  TOPK_K_CPU_HANDOFF_THRESHOLD: 1e9,
};

const BACKENDS = [
  { name: 'cpu', backend: 'cpu', flags: {} },
  { name: 'webgl', backend: 'webgl', flags: {} },
  { name: 'webgl with everything on the GPU', backend: 'webgl', flags: ONLY_GPU },
  { name: 'webgpu', backend: 'webgpu', flags: {} },
  { name: 'webgpu with everything on the GPU', backend: 'webgpu', flags: ONLY_GPU },
];

const path = findChromium();
let browser: Browser;
let server: Server;
let address: string;

beforeAll(async () => {
  if (path === undefined)
    throw new Error(
      'no Chromium: set CHROMIUM to its path, install Debian’s package chromium, or run: npx playwright-core install chromium',
    );
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    external: ['node:*', 'fs', 'util', 'crypto', 'string_decoder'],
  });
  server = createServer(({ url }, response) => {
    const isScript = url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(
      isScript
        ? outputFiles[0].text
        : '<!doctype html><meta charset="utf-8"><script src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  browser = await chromium.launch({ executablePath: path, args: ARGS });
}, 60_000);

afterAll(async () => {
  await browser.close();
  server.close();
});

describe.each(BACKENDS)('in Chromium on $name, topk', ({ backend, flags }) => {
  let result: { backend: string; failures: Record<string, string> };

  beforeAll(async () => {
    const page = await browser.newPage();
    await page.goto(address);
    const call = `runCases(${JSON.stringify(backend)}, ${JSON.stringify(flags)})`;
    result = await page.evaluate(call);
    await page.close();
  }, 600_000);

  it('runs on that backend', () => {
    expect(result.backend).toBe(backend);
  });

  it.each(cases)('$title', ({ title }) => {
    expect(result.failures[title]).toBeUndefined();
  });
});
