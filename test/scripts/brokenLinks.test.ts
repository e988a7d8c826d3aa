import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'links-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** In a process of its own: Jest cannot load the ES modules that linkedom requires. */
function brokenLinks(): string[] {
  const script = require.resolve('../../scripts/brokenLinks.ts');
  const program = `console.log(JSON.stringify(require(${JSON.stringify(script)}).brokenLinks(${JSON.stringify(folder)})))`;
  const words = ['-r', require.resolve('ts-node/register/transpile-only'), '-e', program];
  const cwd = join(__dirname, '../..');
  const output = execFileSync(process.execPath, words, { cwd, encoding: 'utf8', stdio: 'pipe' });
  return JSON.parse(output) as string[];
}

it('brokenLinks finds what is not there: files, folders without a page, anchors, pictures, scripts', () => {
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a/page.html'), '<h1 id="top">A</h1><a href="../index.html"></a>');
  const right = ['a/page.html', 'a/page.html#top', '#here', 'https://host/x', 'data:,'];
  const wrong = ['b.html', 'a/', 'a/page.html#no', '#no'];
  const links = [...right, ...wrong].map((to) => `<a href="${to}"></a>`).join('');
  const others = '<b id="here"></b><img src="no.png"><script src="no.js"></script>';
  writeFileSync(join(folder, 'index.html'), links + others);
  const expected = [...wrong, 'no.png', 'no.js'].map((address) => `index.html: ${address}`);
  expect(brokenLinks()).toEqual(expected);
});
