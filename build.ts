// Builds dist/, the package as it is published: CommonJS, ES modules for bundlers, and a package.json
// without what only this repository needs. To publish: npm run build && npm publish ./dist
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import manifest from './package.json';

function tsc(...options: string[]): void {
  const words = [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json', ...options];
  execFileSync(process.execPath, words, { stdio: 'inherit' });
}

rmSync('dist', { recursive: true, force: true });
tsc();
tsc('--outDir', 'dist/esm', '--module', 'esnext', '--moduleResolution', 'bundler');
writeFileSync('dist/esm/package.json', '{ "type": "module" }\n');

const ours = ['private', 'scripts', 'devDependencies', 'optionalDependencies'];
const published = Object.entries(manifest).filter(([key]) => !ours.includes(key));
const json = JSON.stringify(Object.fromEntries(published), null, 2).replaceAll('./dist/', './');
writeFileSync('dist/package.json', `${json}\n`);
for (const file of ['README.md', 'LICENSE']) copyFileSync(file, `dist/${file}`);
