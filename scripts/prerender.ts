import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';

const PAGE = join(__dirname, '../page');

/** The page's markup in the state at the start, as page/prerender.tsx renders it in a process of its own. */
export async function prerender(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(PAGE, 'prerender.tsx')],
    tsconfig: join(PAGE, 'tsconfig.json'),
    bundle: true,
    write: false,
    format: 'cjs',
    external: ['fs', 'util', 'crypto', 'string_decoder'], // tfjs requires these only in Node
  });
  return execFileSync(process.execPath, ['-'], {
    input: outputFiles[0].text,
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
    stdio: 'pipe', // an error has what it said; tfjs's advice is for others
  }).trim();
}
