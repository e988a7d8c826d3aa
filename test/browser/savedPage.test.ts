import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, NO_CHROMIUM } from '../../experiments/browser/chromium.ts';
import { openPage, type OpenPage } from '../../scripts/openPage.ts';
import { spawnExperiment } from '../experiments/spawnExperiment.ts';

/** What is too wide for its box, and the size of the hint that it scrolls. */
const WIDE = `[...document.querySelectorAll('main *')]
  .filter((element) => getComputedStyle(element).overflowX === 'auto')
  .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  .map((element) => getComputedStyle(element, '::after'))
  .map(({ content, fontSize }) => content + ' ' + fontSize)`;

if (findChromium() === undefined && process.env.CI === undefined) {
  it.skip(`the page that npm start saves: ${NO_CHROMIUM}`, () => undefined);
} else {
  describe('the page that npm start saves, on a phone, 390 × 844,', () => {
    let opened: OpenPage;
    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'topk-saved-'));
      const { status } = spawnExperiment('seed', ['--backend', 'cpu', '--save', folder]);
      expect(status).toBe(0);
      opened = await openPage({ html: readFileSync(join(folder, 'seed.html'), 'utf8') });
      rmSync(folder, { recursive: true });
      await opened.page.setViewportSize({ width: 390, height: 844 });
      await opened.page.goto(opened.url);
    }, 120_000);
    afterAll(() => opened.close());

    it.each([
      { what: 'the answer, in bold', selector: 'strong', text: /^Yes, if and only if/ },
      { what: 'the formula of the gradient', selector: 'math[display=block]', text: /L.*W.*=.*2/ },
      { what: 'the verdict on its numbers', selector: '.answer p', text: /^Verdict: / },
    ])('shows without scrolling $what', async ({ selector, text }) => {
      const first = opened.page.locator(selector).first();
      expect(await first.textContent()).toMatch(text);
      const box = await first.boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? NaN) + (box?.height ?? NaN)).toBeLessThanOrEqual(844);
    });

    it('scrolls sideways only in boxes, each of which says so', async () => {
      expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      const hints = await opened.page.evaluate<string[]>(WIDE);
      expect(hints.length).toBeGreaterThan(10);
      expect([...new Set(hints)]).toEqual(['"scrolls →" 12px']);
    });
  });
}
