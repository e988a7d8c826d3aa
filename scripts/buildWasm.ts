// Compiles src/kernels/wasm/assembly, and embeds the results in src/kernels/wasm/binaries.ts.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const WASM = join(__dirname, '../src/kernels/wasm');

/** What asc makes of a file in a folder with an asconfig.json. */
export function compileAssembly(entry: string): Buffer {
  const [source, folder] = [dirname(entry), mkdtempSync(join(tmpdir(), 'topk-'))];
  try {
    const compiler = join(dirname(require.resolve('assemblyscript/package.json')), 'bin/asc.js');
    const words = ['--config', join(source, 'asconfig.json'), '--baseDir', source];
    const binary = join(folder, 'kernels.wasm');
    const all = [compiler, basename(entry), ...words, '--outFile', binary];
    execFileSync(process.execPath, all, { stdio: 'inherit' });
    return readFileSync(binary);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** src/kernels/wasm/binaries.ts: a module for each subject, so that a bundle holds those that it uses. */
export function binariesOf(wasm = WASM): string {
  const binary = (name: string) => {
    // gzip halves what it finds in hexadecimal, to a sixth less than the same bytes in base64.
    const hex = compileAssembly(join(wasm, 'assembly', `${name}.ts`)).toString('hex');
    const type = `${name[0].toUpperCase()}${name.slice(1)}Functions`;
    return `export const ${name.toUpperCase()}: Binary<${type}> = {\n  hex: '${hex}',\n};\n`;
  };
  return `// assembly/selection.ts and linear.ts, compiled by \`npm run build:wasm\`: hexadecimal.
import type { Binary, LinearFunctions, SelectionFunctions } from './instantiate.ts';

${['selection', 'linear'].map(binary).join('\n')}`;
}

if (require.main === module) writeFileSync(join(WASM, 'binaries.ts'), binariesOf());
