// Prints, as JSON, what page.ts measures in Chromium: arguments are tasks by backend, and seconds a task.
import { join } from 'node:path';
import { GPU, startChromium } from '../browser/chromium.ts';
import type { GpuReport, GpuTask, LinearTimes, Measurement } from './Measurement.ts';

const SOFTWARE = /swiftshader|llvmpipe|basic render/i;

async function main(): Promise<void> {
  const tasks = JSON.parse(process.argv[2]) as Record<string, GpuTask[]>;
  const page = join(__dirname, 'page.ts');
  let chromium = await startChromium(page, GPU);
  let adapter = (await chromium.evaluate('adapterName()')) as string;
  if (adapter === '' || SOFTWARE.test(adapter)) {
    await chromium.close();
    chromium = await startChromium(page);
    adapter = (await chromium.evaluate('adapterName()')) as string;
  }
  const measurements = [];
  for (const [backend, list] of Object.entries(tasks)) {
    const call = `measureAll(${[backend, list].map((word) => JSON.stringify(word)).join(', ')}, ${process.argv[3]})`;
    measurements.push(...((await chromium.evaluate(call)) as Measurement[]));
  }
  const linear = (await chromium.evaluate(`linearOnWebgl(${process.argv[3]})`)) as LinearTimes;
  await chromium.close();
  const report: GpuReport = { adapter, isSoftware: SOFTWARE.test(adapter), measurements, linear };
  process.stdout.write(JSON.stringify(report));
}

void main();
