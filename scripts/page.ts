// Builds out/page.html, the interactive page. With --serve [port] it also shows it on 127.0.0.1.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildAndServe } from './buildAndServe.ts';
import { bundlePage } from './bundlePage.ts';

void buildAndServe('page', async () => {
  const html = await bundlePage();
  const folder = join(__dirname, '../out');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'page.html');
  writeFileSync(`${file}.tmp`, html);
  renameSync(`${file}.tmp`, file); // so that it is there whole, or not at all
  const size = Math.round(gzipSync(html, { level: 9 }).length / 1000);
  console.log(`out/page.html: ${String(size)} kB compressed`);
  return (_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
  };
});
