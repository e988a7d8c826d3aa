// Compiles src/kernels/wasm/assembly, and embeds the results in src/kernels/wasm/binaries.ts.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { BASE, SHIFT } from '../src/kernels/wasm/decodeBinary.ts';

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

/**
 * The text of which `decodeBinary` makes the bytes: after gzip a tenth less than hexadecimal, a quarter less than
 * base64.
 */
export function encodeBinary(bytes: Uint8Array): string {
  const encode = (byte: number) => {
    const shifted = (byte + SHIFT) & 255;
    const mark = ['', '}', '~'][Math.floor(shifted / BASE)];
    return mark + String.fromCharCode(32 + (shifted % BASE));
  };
  return Array.from(bytes, encode).join('');
}

/** As Prettier does: in single quotes, unless double ones need fewer escapes. */
function quote(text: string): string {
  const count = (mark: string) => text.split(mark).length;
  const mark = count("'") > count('"') ? '"' : "'";
  return mark + text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
}

/** A hash of all sources, by which a test knows in no time whether the binaries are theirs. */
export function hashOfSources(wasm = WASM): string {
  const folder = join(wasm, 'assembly');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort())
    hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

/** src/kernels/wasm/binaries.ts: a module for each subject, so that a bundle holds those that it uses. */
export function binariesOf(wasm = WASM): string {
  const binary = (name: string) => {
    const text = encodeBinary(compileAssembly(join(wasm, 'assembly', `${name}.ts`)));
    const type = `${name[0].toUpperCase()}${name.slice(1)}Functions`;
    return `export const ${name.toUpperCase()}: Binary<${type}> = {\n  text: ${quote(text)},\n};\n`;
  };
  return `// assembly/selection.ts and linear.ts, compiled by \`npm run build:wasm\`, for decodeBinary.ts.
// SHA-256 of the sources: ${hashOfSources(wasm)}
import type { LinearFunctions, SelectionFunctions } from './functions.ts';
import type { Binary } from './instantiate.ts';

${['selection', 'linear'].map(binary).join('\n')}`;
}

if (require.main === module) writeFileSync(join(WASM, 'binaries.ts'), binariesOf());
