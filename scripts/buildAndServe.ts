import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Builds pages, and with --serve [port] on the command line shows them on 127.0.0.1. Says on stderr what fails, with
 * exit status 1, or 2 where the command line has something else.
 *
 * @param script the npm script, for the usage.
 * @param build returns what answers a request.
 */
export async function buildAndServe(
  script: string,
  build: () => Promise<RequestListener>,
): Promise<void> {
  const parsed = /^(?:--serve(?: (\d{1,5}))?)?$/.exec(process.argv.slice(2).join(' '));
  if (parsed === null) {
    console.error(`usage: npm run ${script} [-- --serve [port]]`);
    process.exitCode = 2;
    return;
  }
  try {
    const answer = await build();
    if (parsed[0] !== '') await serve(answer, Number(parsed.at(1) ?? 0));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function serve(answer: RequestListener, port: number): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${String(address.port)}/ (Ctrl+C stops it)`);
}
