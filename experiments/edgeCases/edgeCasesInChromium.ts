import { join } from 'node:path';
import { startChromium } from '../browser/chromium.ts';

/** Writes what edgeCasesPage.ts finds on the backend that the first argument names, as JSON. */
async function main(): Promise<void> {
  const chromium = await startChromium(join(__dirname, 'edgeCasesPage.ts'));
  const found = await chromium.evaluate(`edgeCasesOnGpu(${JSON.stringify(process.argv[2])})`);
  process.stdout.write(JSON.stringify(found));
  await chromium.close();
}

void main();
