// Builds out/page.html, the interactive page. With --serve [port] it also shows it on 127.0.0.1.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundlePage } from './bundlePage.ts';

const USAGE = 'usage: npm run page [-- --serve [port]]';

async function main(words: string[]): Promise<void> {
  const parsed = /^(?:--serve(?: (\d{1,5}))?)?$/.exec(words.join(' '));
  if (parsed === null) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const html = await bundlePage();
  const folder = join(__dirname, '../out');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'page.html');
  writeFileSync(`${file}.tmp`, html);
  renameSync(`${file}.tmp`, file); // so that it is there whole, or not at all
  const size = Math.round(gzipSync(html, { level: 9 }).length / 1000);
  console.log(`out/page.html: ${String(size)} kB compressed`);
  if (words.length > 0) serve(html, Number(parsed.at(1) ?? 0));
}

function serve(html: string, port: number): void {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
  });
  server.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  server.listen(port, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    console.log(`http://127.0.0.1:${String(port)}/ (Ctrl+C stops it)`);
  });
}

void main(process.argv.slice(2));
