import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { START } from '../../page/state/PageState.ts';
import { PRESETS } from '../../page/state/presets.ts';
import { toHash } from '../../page/state/toHash.ts';
import { describePage } from './describePage.ts';

/** The references show three rows that tie. UPDATE_SCREENSHOTS=1 replaces them: look at each. */
const FOLDER = join(__dirname, 'screenshots');
const HASH = toHash({ ...START, problem: PRESETS[2].problem });
const IS_UPDATE = process.env.UPDATE_SCREENSHOTS !== undefined;

/** The share of pixels that may differ in any block, a square of so many: another version draws letters differently. */
const TOLERANCE = 0.05;
const BLOCK = 50;

/**
 * The widths of two texts tell whether this machine has the fonts of the references, DejaVu Sans and Liberation Serif.
 */
const FONTS = `['sans', 'serif'].map((name) => {
  const context = document.createElement('canvas').getContext('2d');
  context.font = '100px ' + getComputedStyle(document.documentElement).getPropertyValue('--' + name);
  return Math.round(context.measureText('top-k of W x, 0123456789').width);
}).join(' ')`;

describePage('the page looks as in the reference', (it_) => {
  let fonts: string;
  beforeAll(async () => {
    await it_.open(HASH);
    fonts = await it_.page.evaluate<string>(FONTS);
    if (IS_UPDATE) mkdirSync(FOLDER, { recursive: true });
    if (IS_UPDATE) writeFileSync(join(FOLDER, 'fonts.txt'), `${fonts}\n`);
  });

  const cases = [360, 768, 1920].flatMap((width) =>
    (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
  );
  it.each(cases)(
    'at $width px, $scheme',
    async ({ width, scheme }) => {
      const expected = readFileSync(join(FOLDER, 'fonts.txt'), 'utf8').trim();
      if (fonts !== expected) {
        console.warn(`not compared: other fonts, of widths ${fonts} in place of ${expected}`);
        return;
      }
      const { page } = it_;
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 8000 }); // sections off the screen are not drawn
      await it_.open(HASH);
      await page.waitForTimeout(500); // charts take their widths
      const found = reduce(await page.locator('#app').screenshot());
      const file = join(FOLDER, `${String(width)}-${scheme}.png`);
      if (IS_UPDATE) writeFileSync(file, PNG.sync.write(found, { deflateLevel: 9, colorType: 2 }));
      const reference = PNG.sync.read(readFileSync(file));
      expect([found.width, found.height]).toEqual([reference.width, reference.height]);
      expect(largestDifference(found, reference)).toBeLessThan(TOLERANCE);
    },
    60_000,
  );
});

/** The largest share of pixels that differ in a block. */
function largestDifference(found: PNG, reference: PNG): number {
  const { width, height } = found;
  const mask = new PNG({ width, height });
  pixelmatch(found.data, reference.data, mask.data, width, height, {
    diffMask: true, // only what differs is not transparent
    threshold: 0.05,
  });
  const counts = new Map<string, number>();
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (mask.data[4 * pixel + 3] === 0) continue;
    const place = [pixel % width, pixel / width].map((at) => Math.floor(at / BLOCK)).join();
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) / BLOCK ** 2;
}

/**
 * The picture at half of its size, in 16 levels of each colour: small to keep, and little changed by the edges of
 * letters.
 */
function reduce(screenshot: Buffer): PNG {
  const { width, data } = PNG.sync.read(screenshot);
  const height = data.length / (4 * width);
  const half = new PNG({ width: width >> 1, height: height >> 1 });
  half.data.forEach((_, at) => {
    const [pixel, channel] = [at >> 2, at & 3];
    const corner = 8 * (pixel % half.width) + 8 * width * Math.floor(pixel / half.width) + channel;
    const block = [0, 4, 4 * width, 4 * width + 4].map((next) => data[corner + next]);
    half.data[at] = 17 * Math.round(block.reduce((sum, level) => sum + level, 0) / 4 / 17);
  });
  return half;
}
