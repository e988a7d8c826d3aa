import { pathToFileURL } from 'node:url';

/**
 * The line of `filename`'s top level that is being run: the outermost frame of the call stack that
 * lies in the file, so that a call inside a function counts for the statement that called it.
 * ts-node, tsx and jest map the stack's lines to the TypeScript source.
 *
 * @returns the line's number, from 1.
 * @throws if no frame lies in the file.
 */
export function callerLine(filename: string): number {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Infinity;
  const frames = (new Error().stack ?? '').split('\n');
  Error.stackTraceLimit = limit;

  const places = [filename, pathToFileURL(filename).href];
  const inFile = frames.filter((frame) => places.some((place) => frame.includes(`${place}:`)));
  // tsx wraps the module in one more function, which it maps to the end of the file.
  if (frames.some((frame) => /[\\/]tsx[\\/]dist[\\/]/.test(frame))) inFile.pop();
  const line = /:(\d+):\d+\)?$/.exec(inFile.at(-1) ?? '');
  if (!line) throw new Error(`notebook: show and claim must be called from ${filename}`);
  return Number(line[1]);
}
