import { join } from 'node:path';
import { startChromium } from './chromium.ts';

/** Writes what awkwardPage.ts finds on the backend that the first argument names, as JSON. */
async function main(): Promise<void> {
  const chromium = await startChromium(join(__dirname, 'awkwardPage.ts'));
  const found = await chromium.evaluate(`awkwardOnGpu(${JSON.stringify(process.argv[2])})`);
  process.stdout.write(JSON.stringify(found));
  await chromium.close();
}

void main();
