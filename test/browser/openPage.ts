import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { findChromium, NO_CHROMIUM } from '../../experiments/browser/chromium.ts';
import { bundlePage } from '../../scripts/bundlePage.ts';

const ARGS = ['--no-sandbox', '--no-first-run', '--disable-background-networking'];

export interface OpenPage {
  page: Page;
  /** Opens the page, from a file, with a fragment. */
  open: (hash?: string) => Promise<void>;
  /** Errors in the console, and requests for anything but the file itself. */
  complaints: string[];
  close: () => Promise<void>;
}

/** Builds the interactive page, and opens it in a Chromium from file://. @throws if there is no Chromium. */
export async function openPage(): Promise<OpenPage> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  const folder = mkdtempSync(join(tmpdir(), 'topk-page-'));
  const file = join(folder, 'page.html');
  writeFileSync(file, await bundlePage());
  const browser = await chromium.launch({ executablePath, args: ARGS });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const complaints: string[] = [];
  const url = pathToFileURL(file).href;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) {
      complaints.push(`request for ${request.url()}`);
    }
  });
  return {
    page,
    complaints,
    async open(hash = '') {
      await page.goto('about:blank');
      await page.goto(url + hash);
      await page.waitForSelector('.verdict');
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}
