import { findChromium, NO_CHROMIUM } from '../../experiments/browser/chromium.ts';
import { openPage, type OpenPage } from '../../scripts/openPage.ts';

/**
 * Tests of the interactive page in Chromium, which must not complain meanwhile. Where there is none they are skipped,
 * but not in CI.
 *
 * @param tests gets the page, which is there once they run.
 */
export function describePage(title: string, tests: (opened: OpenPage) => void): void {
  if (findChromium() === undefined && process.env.CI === undefined) {
    it.skip(`${title}: ${NO_CHROMIUM}`, () => undefined);
    return;
  }
  describe(title, () => {
    const opened = {} as OpenPage;
    beforeAll(async () => {
      Object.assign(opened, await openPage());
    }, 60_000);
    afterEach(() => {
      expect(opened.complaints).toEqual([]);
    });
    afterAll(() => opened.close());
    tests(opened);
  });
}
