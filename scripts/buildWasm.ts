// Compiles src/kernels/wasm/assembly, and embeds the result in src/kernels/wasm/binary.ts.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ASSEMBLY = join(__dirname, '../src/kernels/wasm/assembly');
const TARGET = join(__dirname, '../src/kernels/wasm/binary.ts');

/** What asc makes of a folder with an asconfig.json. */
export function compileAssembly(source = ASSEMBLY): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'topk-'));
  try {
    const compiler = join(dirname(require.resolve('assemblyscript/package.json')), 'bin/asc.js');
    const words = ['--config', join(source, 'asconfig.json'), '--baseDir', source];
    const binary = join(folder, 'kernels.wasm');
    execFileSync(process.execPath, [compiler, ...words, '--outFile', binary], { stdio: 'inherit' });
    return readFileSync(binary);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (require.main === module) {
  // gzip halves what it finds in hexadecimal, to a sixth less than the same bytes in base64.
  const hex = compileAssembly().toString('hex');
  const comment = '/** assembly/, compiled by `npm run build:wasm`: hexadecimal. */';
  writeFileSync(TARGET, `${comment}\nexport const WASM =\n  '${hex}';\n`);
}
