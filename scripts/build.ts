// Builds dist/, the package as it is published: CommonJS, ES modules for bundlers, and a package.json
// without what only this repository needs. To publish: npm run build && npm publish ./dist
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../package.json';

const ROOT = join(__dirname, '..');
const DIST = join(ROOT, 'dist');

function tsc(...options: string[]): void {
  const config = join(__dirname, 'tsconfig.build.json');
  const words = [require.resolve('typescript/bin/tsc'), '-p', config, ...options];
  execFileSync(process.execPath, words, { stdio: 'inherit' });
}

rmSync(DIST, { recursive: true, force: true });
tsc();
tsc('--outDir', join(DIST, 'esm'), '--module', 'esnext', '--moduleResolution', 'bundler');
writeFileSync(join(DIST, 'esm/package.json'), '{ "type": "module" }\n');

const ours = ['private', 'scripts', 'devDependencies', 'optionalDependencies'];
const published = Object.entries(manifest).filter(([key]) => !ours.includes(key));
const json = JSON.stringify(Object.fromEntries(published), null, 2).replaceAll('./dist/', './');
writeFileSync(join(DIST, 'package.json'), `${json}\n`);
for (const file of ['README.md', 'LICENSE']) copyFileSync(join(ROOT, file), join(DIST, file));
