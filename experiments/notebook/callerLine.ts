import { pathToFileURL } from 'node:url';

/**
 * The line of `filename` that is running at its top level: that of the outermost stack frame in the
 * file, so that a call inside a function is attributed to the statement that called the function.
 * ts-node, tsx and jest map stack traces to lines of the TypeScript source.
 *
 * @returns the line number, from 1.
 * @throws if no stack frame lies in the file.
 */
export function callerLine(filename: string): number {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Infinity;
  const frames = (new Error().stack ?? '').split('\n');
  Error.stackTraceLimit = limit;

  const names = [filename, pathToFileURL(filename).href];
  const inFile = frames.filter((frame) => names.some((name) => frame.includes(`${name}:`)));
  // tsx wraps the module in a function of its own, which it maps to the end of the file.
  if (frames.some((frame) => /[\\/]tsx[\\/]dist[\\/]/.test(frame))) inFile.pop();
  const line = /:(\d+):\d+\)?$/.exec(inFile.at(-1) ?? '');
  if (!line) throw new Error(`notebook: show, claim and plot must be called from ${filename}`);
  return Number(line[1]);
}
