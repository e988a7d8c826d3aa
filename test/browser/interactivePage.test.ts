import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium, NO_CHROMIUM } from '../../experiments/browser/chromium.ts';
import { bundlePage } from '../../scripts/bundlePage.ts';

if (findChromium() === undefined && process.env.CI === undefined) {
  it.skip(`runs in a browser: ${NO_CHROMIUM}`, () => undefined);
} else {
  describe('the interactive page, from file://,', () => {
    let folder: string;
    let address: string;
    let browser: Browser;
    let page: Page;
    let faults: string[];

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'page-'));
      const file = join(folder, 'page.html');
      writeFileSync(file, await bundlePage());
      address = pathToFileURL(file).href;
      browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
    }, 60_000);
    afterAll(async () => {
      await browser.close();
      rmSync(folder, { recursive: true });
    });
    beforeEach(async () => {
      faults = [];
      page = await browser.newPage();
      page.on('console', (message) => faults.push(message.text()));
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(address)) faults.push(request.url());
      });
      await page.goto(address);
    });
    afterEach(async () => {
      await page.close();
      expect(faults).toEqual([]); // no message, no error, no request
    });

    const cell = () => page.getByLabel('W, row 0, column 0', { exact: true });
    const hash = () => page.evaluate<string>('location.hash');

    it('steps a number with the arrow keys and by a drag', async () => {
      const start = Number(await cell().inputValue());
      await cell().focus();
      await page.keyboard.press('ArrowUp');
      const stepped = Number(await cell().inputValue());
      expect(stepped).toBeGreaterThan(start);
      const box = await cell().boundingBox();
      if (box === null) throw new Error('the cell is not shown');
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 60, y, { steps: 6 });
      await page.mouse.up();
      expect(Number(await cell().inputValue())).toBeGreaterThan(stepped);
    });

    it('keeps its state in the address', async () => {
      await cell().fill('0.75');
      await page.waitForURL(({ hash }) => hash.includes('W=0.75,')); // the page allows no eval, as waitForFunction does
      const saved = await hash();
      await page.reload();
      expect(await cell().inputValue()).toBe('0.75');
      expect(await hash()).toBe(saved);
    });

    it.each(['a', '', '1e39', 'NaN'])(
      'says what is wrong with "%s" and keeps the rest',
      async (bad) => {
        await cell().fill('0.75');
        const before = await page.locator('main').locator('.number').nth(1).inputValue();
        await cell().fill(bad);
        expect(await page.locator('.cell .wrong').count()).toBe(1);
        expect(await page.locator('main').locator('.number').nth(1).inputValue()).toBe(before);
      },
    );

    it('snaps to a tie, where it shows the set of gradients', async () => {
      expect(await page.locator('#tie table.weights').count()).toBe(0);
      await page.getByRole('button', { name: 'Snap to a tie' }).first().click();
      await page.locator('#tie table.weights').waitFor({ timeout: 5000 });
    });

    it('shows every example', async () => {
      for (const button of await page.locator('.presets button').all()) {
        await button.click();
        expect(await page.locator('.notice').innerText()).toBe('');
      }
    });
  });
}
