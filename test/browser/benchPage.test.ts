import { findChromium, NO_CHROMIUM } from '../../experiments/browser/chromium.ts';
import { spawnScript } from '../experiments/spawnScript.ts';

if (findChromium() === undefined && process.env.CI === undefined) {
  it.skip(`measures the page: ${NO_CHROMIUM}`, () => undefined);
} else {
  describe('npm run bench:page', () => {
    it('measures paints, interactions and the size', () => {
      const { stdout, stderr, status } = spawnScript('scripts/benchPage.ts', ['--quick']);
      expect(stderr).toBe('');
      const rows = stdout.split('\n').filter((line) => /\d$/.test(line));
      expect(rows).toHaveLength(9);
      for (const row of rows) {
        const [, ...figures] = row.split(/ {2,}/).map(Number);
        for (const ms of figures) expect(ms).toBeGreaterThan(0);
      }
      expect(stdout).toContain('✓ The page is small, compressed (');
      expect(status).toBe(0);
    }, 120_000);

    it('refuses other options', () => {
      const { stderr, status } = spawnScript('scripts/benchPage.ts', ['--slow']);
      expect(stderr).toBe('usage: npm run bench:page [-- --quick]\n');
      expect(status).toBe(2);
    });
  });
}
