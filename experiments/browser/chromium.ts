import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build, type Plugin } from 'esbuild';
import { chromium } from 'playwright-core';
import { HAS_SHADERS, shortenShaders } from '../../scripts/shortenShaders.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
];

/** Software rendering, so that webgl and webgpu run on machines without a GPU. */
const SOFTWARE = [
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
  '--use-angle=swiftshader',
];

/** The GPU of the machine, through Vulkan, also without a display. */
export const GPU = ['--use-angle=vulkan', '--ignore-gpu-blocklist', '--disable-vulkan-surface'];

export const NO_CHROMIUM =
  'webgl and webgpu need a Chromium: set CHROMIUM to its path, install the Debian package chromium, ' +
  'or run: npx playwright-core install chromium';

/** The path of a Chromium: $CHROMIUM, Debian's, or Playwright's. */
export function findChromium(): string | undefined {
  const paths = [process.env.CHROMIUM, '/usr/bin/chromium', chromium.executablePath()];
  return paths.find((path) => path !== undefined && existsSync(path));
}

export interface Chromium {
  /** Evaluates an expression in a new page that has loaded the script. */
  evaluate: (expression: string) => Promise<unknown>;
  close: () => Promise<void>;
}

/** Starts a Chromium whose pages load the bundled script. @throws if there is no Chromium. */
export async function startChromium(script: string, renderer = SOFTWARE): Promise<Chromium> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    write: false,
    format: 'iife',
    external: ['fs', 'util', 'crypto', 'string_decoder'], // tfjs requires these only in Node
    plugins: [shortShaders],
  });
  const page = '<!doctype html><meta charset="utf-8"><script src="/script.js"></script>';
  const server = createServer(({ url = '/' }, response) => {
    // These allow the page to share memory between threads, which tfjs-backend-wasm needs.
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    if (/^\/tfjs-backend-wasm[a-z-]*\.wasm$/.test(url)) {
      response.setHeader('content-type', 'application/wasm');
      response.end(readFileSync(require.resolve(`@tensorflow/tfjs-backend-wasm/dist${url}`)));
      return;
    }
    const isScript = url === '/script.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? outputFiles[0].text : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({ executablePath, args: [...ARGS, ...renderer] });
  return {
    async evaluate(expression) {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${String(port)}/`);
      const value: unknown = await page.evaluate(expression);
      await page.close();
      return value;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** The shaders as they are published. */
const shortShaders: Plugin = {
  name: 'short-shaders',
  setup(build) {
    build.onLoad({ filter: HAS_SHADERS }, ({ path }) => ({
      contents: shortenShaders(readFileSync(path, 'utf8')),
      loader: 'ts',
    }));
  },
};
