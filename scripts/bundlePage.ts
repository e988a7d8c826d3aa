import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { prerender } from './prerender.ts';

const PAGE = join(__dirname, '../page');
const NOTHING = "default-src 'none'";
/** Hides the markup, which is of the state at the start, where the address holds another. */
const HIDE = "document.body.hidden = location.hash.includes('=')";

/**
 * Builds the page as one HTML text, with the markup of the state at the start. Its content security policy allows the
 * scripts and the style sheet in it, by their hashes, and style attributes, and nothing else: no request can be made.
 *
 * @param links HTML with links to the pages beside it, if there are any.
 */
export async function bundlePage(links = ''): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: { script: join(PAGE, 'main.ts'), style: join(PAGE, 'style/page.css') },
    outdir: PAGE, // names the files; none is written
    tsconfig: join(PAGE, 'tsconfig.json'),
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    charset: 'utf8',
    target: 'es2022',
    external: ['fs', 'util', 'crypto', 'string_decoder'], // tfjs requires these only in Node
  });
  const textOf = (extension: string) =>
    outputFiles.find(({ path }) => path.endsWith(extension))?.text.trim() ?? '';
  const script = textOf('.js').replaceAll('</script', '<\\/script');
  const style = textOf('.css');
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = [
    NOTHING,
    `script-src ${hash(HIDE)} ${hash(script)}`,
    `style-src ${hash(style)}`,
    "style-src-attr 'unsafe-inline'",
    'img-src data:',
  ];
  const parts: Record<string, string> = {
    [NOTHING]: [...policy, "base-uri 'none'", "form-action 'none'"].join('; '),
    '<!-- style -->': `<style>${style}</style>`,
    '<!-- hide -->': `<script>${HIDE}</script>`,
    '<!-- markup -->': await prerender(),
    '<!-- links -->': links && `<nav>${links}</nav>`,
    '<!-- script -->': `<script>${script}</script>`,
  };
  const template = readFileSync(join(PAGE, 'page.html'), 'utf8');
  return template.replace(/default-src 'none'|<!-- \w+ -->/g, (part) => parts[part]);
}
