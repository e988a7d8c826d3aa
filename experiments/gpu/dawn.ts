// Prints, as JSON, what measure.ts finds on webgpu in Node, through Dawn: the npm package webgpu.
import { measure } from './measure.ts';
import type { GpuTask } from './Measurement.ts';
import { startDawn } from './startDawn.ts';

async function main(): Promise<void> {
  const stopDawn = await startDawn();
  const { webgpu } = JSON.parse(process.argv[2]) as { webgpu: GpuTask[] };
  const measurements = [];
  for (const task of webgpu) measurements.push(await measure(task, Number(process.argv[3])));
  process.stdout.write(`${JSON.stringify({ measurements })}\n`);
  stopDawn();
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
