import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium, NO_CHROMIUM } from '../experiments/browser/chromium.ts';
import { bundlePage } from './bundlePage.ts';

const ARGS = ['--no-sandbox', '--no-first-run', '--disable-background-networking'];

export interface OpenPage {
  browser: Browser;
  page: Page;
  /** The address of its file. */
  url: string;
  /** Opens the page, from a file, with a fragment. */
  open: (hash?: string) => Promise<void>;
  /** What the console says, errors, and requests for anything but the file itself. */
  complaints: string[];
  close: () => Promise<void>;
}

interface OpenPageOptions {
  /** The page; by default it is built. */
  html?: string;
  /** More arguments for Chromium. */
  args?: string[];
}

/** Opens the interactive page in a Chromium from file://. @throws if there is no Chromium. */
export async function openPage({ html, args = [] }: OpenPageOptions = {}): Promise<OpenPage> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  const folder = mkdtempSync(join(tmpdir(), 'topk-page-'));
  const file = join(folder, 'page.html');
  writeFileSync(file, html ?? (await bundlePage()));
  const browser = await chromium.launch({ executablePath, args: [...ARGS, ...args] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const complaints: string[] = [];
  const url = pathToFileURL(file).href;
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) {
      complaints.push(`request for ${request.url()}`);
    }
  });
  return {
    browser,
    page,
    url,
    complaints,
    async open(hash = '') {
      await page.goto('about:blank');
      await page.goto(url + hash);
      await page.waitForSelector('.laid-out #app:not([aria-busy])');
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}
