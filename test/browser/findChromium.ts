import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** The path of a Chromium: $CHROMIUM, Debian's, or the one that Playwright installs. */
export function findChromium(): string | undefined {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', chromium.executablePath()];
  return places.find((place) => place !== undefined && existsSync(place));
}
