// Measures out/page.html in Chromium, from file://: its size, when it is painted, and how long an interaction takes.
// With --quick it only shows that it can.
import { cpus } from 'node:os';
import { gzipSync } from 'node:zlib';
import { median } from '../experiments/bench/median.ts';
import { evaluateClaim, type Condition } from '../experiments/notebook/evaluateClaim.ts';
import { formatTable } from '../experiments/notebook/formatTable.ts';
import { bundlePage } from './bundlePage.ts';
import { timeInteractions } from './timeInteractions.ts';
import { timePaint } from './timePaint.ts';

const figure = (ms: number) => String(Number(ms.toPrecision(3)));
const high = (times: number[]) =>
  times.toSorted((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1];

/** Prints ✓ or ✗ and the sentence. A claim that fails makes the exit status 1. */
function claim(sentence: string, condition: Condition): void {
  const { holds, text } = evaluateClaim(sentence, condition);
  if (!holds) process.exitCode = 1;
  console.log(text);
}

async function main(args: string[]): Promise<void> {
  const isQuick = args[0] === '--quick';
  if (args.length > (isQuick ? 1 : 0)) throw new Error('usage: npm run bench:page [-- --quick]');
  const [starts, samples] = isQuick ? [1, 10] : [15, 200];

  const html = await bundlePage();
  const paints = await timePaint(html, starts);
  const interactions = await timeInteractions(html, samples);
  console.log(`${String(cpus().length)} × ${cpus()[0].model.trim()}, all times in ms\n`);

  const paintRow = (name: string, times: number[]) => [name, figure(median(times)), figure(high(times))]; // prettier-ignore
  console.log(
    `${formatTable([
      [`of ${String(starts)} starts of the browser`, 'median', '95th'],
      ...[
        paintRow('first contentful paint', paints.map(({ first }) => first)), // prettier-ignore
        paintRow('largest contentful paint', paints.map(({ largest }) => largest)), // prettier-ignore
        paintRow('answers to input', paints.map(({ shown }) => shown)), // prettier-ignore
      ],
    ])}\n`,
  );
  console.log(
    `${formatTable([
      [`of ${String(samples)} each, at 12 × 12`, 'median', '95th', 'script', 'main thread'],
      ...interactions.map(
        ({ name, frame, script, work }) =>
        [name, ...[median(frame), high(frame), median(script), work].map(figure)], // prettier-ignore
      ),
    ])}\n`,
  );

  const size = gzipSync(html, { level: 9 }).length / 1000;
  claim('The page is small, compressed', { found: size, unit: 'kB', atMost: 400 });
  if (isQuick) return; // so few times mean nothing
  const paint = median(paints.map(({ largest }) => largest));
  claim('Its first meaningful paint is within a second', {
    found: paint,
    unit: 'ms',
    atMost: 1000,
  });
  for (const { name, frame } of interactions) {
    claim(`Within a frame: ${name}`, { found: median(frame), unit: 'ms', atMost: 16 });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
