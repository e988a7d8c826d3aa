// Prints, as JSON, what chromiumPage.ts finds on the backend that the first argument names.
import { join } from 'node:path';
import { startChromium } from '../browser/chromium.ts';

async function main(): Promise<void> {
  const chromium = await startChromium(join(__dirname, 'chromiumPage.ts'));
  const found = await chromium.evaluate(`edgeCasesOnGpu(${JSON.stringify(process.argv[2])})`);
  process.stdout.write(JSON.stringify(found));
  await chromium.close();
}

void main();
