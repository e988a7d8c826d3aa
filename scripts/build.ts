// Builds dist/, the package as it is published: for each entry point one file a format, with source maps, and its
// declarations; a package.json and a README for a registry.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rollup, type OutputOptions, type Plugin } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';
import manifest from '../package.json';
import { absoluteLinks } from './absoluteLinks.ts';
import { publishedManifest } from './publishedManifest.ts';
import { HAS_SHADERS, shortenShaders } from './shortenShaders.ts';

const ROOT = join(__dirname, '..');
const SRC = join(ROOT, 'src');
const DIST = join(ROOT, 'dist');
const TARGET = 'es2019'; // what webpack 4 can parse

/** Entry points: the file of each, and what a <script> names its global. */
const ENTRIES = [
  { name: 'index', input: join(SRC, 'index.ts'), script: 'topk-grad', global: 'topkGrad' },
  {
    name: 'layers',
    input: join(SRC, 'layers/index.ts'),
    script: 'topk-grad-layers',
    global: 'topkGradLayers',
  },
];

type Entry = (typeof ENTRIES)[number];

async function main(): Promise<void> {
  rmSync(DIST, { recursive: true, force: true });
  for (const entry of ENTRIES) await buildEntry(entry);
  // Not as .mjs: webpack 4 gives a file of that name tfjs's build for Node.
  writeFileSync(join(DIST, 'esm/package.json'), '{ "type": "module" }\n');
  const published = publishedManifest(manifest);
  writeFileSync(join(DIST, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  for (const page of ['README.md', 'CHANGELOG.md']) {
    const text = readFileSync(join(ROOT, page), 'utf8');
    writeFileSync(join(DIST, page), absoluteLinks(text, published.repository?.url));
  }
  copyFileSync(join(ROOT, 'LICENSE'), join(DIST, 'LICENSE'));
}

async function buildEntry(entry: Entry): Promise<void> {
  const { name, script, global } = entry;
  const compile = esbuild({ target: TARGET, charset: 'utf8' }); // webpack 4 cannot parse an escaped identifier
  const minify = esbuild({ target: TARGET, minify: true });
  const sourcemap = true;
  await write(entry, [shortShaders, numbers, compile], {
    format: 'cjs',
    file: `${name}.js`,
    sourcemap,
  });
  const esm = { format: 'es', file: `esm/${name}.js`, sourcemap } as const;
  const names = await write(entry, [shortShaders, numbers, compile], esm);
  // In Node, import gets what require gets: one registration, and one class RowSparse for instanceof.
  const same = `import all from '../${name}.js';\nexport const { ${names.join(', ')} } = all;\n`;
  writeFileSync(join(DIST, `esm/${name}.node.js`), same);
  const iife = {
    format: 'iife',
    file: `${script}.min.js`,
    name: global,
    globals,
    sourcemap,
  } as const;
  await write(entry, [shortShaders, numbers, minify], iife);
  for (const folder of ['', 'esm/']) {
    await write(entry, [types], { file: `${folder}${name}.d.ts` });
  }
}

/** Bundles an entry point without tfjs, and returns the names that it exports. */
async function write({ input }: Entry, plugins: Plugin[], options: OutputOptions) {
  const external = /^@tensorflow\//;
  const bundle = await rollup({ input, plugins: [fromIndex, ...plugins], external });
  const { output } = await bundle.write({ ...options, file: join(DIST, options.file ?? '') });
  await bundle.close();
  return output[0].exports;
}

/** Of the package itself, an entry point other than the index imports what the index exports. */
const fromIndex: Plugin = {
  name: 'from-index',
  resolveId(path, importer) {
    const isOperation = /^\.\.\/\w+\.ts$/.test(path) && importer?.startsWith(join(SRC, 'layers'));
    return isOperation ? { id: manifest.name, external: true } : null;
  },
};

/** The globals of other <script> tags. */
const globals = (path: string): string =>
  ({ '@tensorflow/tfjs-core': 'tf', '@tensorflow/tfjs-layers': 'tf' })[path] ?? 'topkGrad';

const types = dts({ tsconfig: join(__dirname, 'tsconfig.build.json') });

const shortShaders: Plugin = {
  name: 'short-shaders',
  transform(code, file) {
    return HAS_SHADERS.test(file) ? { code: shortenShaders(code), map: null } : null;
  },
};

/** Powers of two as numbers: esbuild leaves an unused `2 ** 24` in a bundle, but no number. */
const numbers: Plugin = {
  name: 'numbers',
  transform(code) {
    const power = /\b2 \*\* (-?\d+)\b/g;
    return { code: code.replace(power, (_, exponent) => String(2 ** Number(exponent))), map: null };
  },
};

void main();
