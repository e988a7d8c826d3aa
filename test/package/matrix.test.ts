import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../../experiments/browser/chromium.ts';
import { packTarball } from './packTarball.ts';
import * as programs from './programs.ts';

/** Packages of the environments, installed where the tests run: this repository needs none of them otherwise. */
const TOOLS = [
  'typescript@latest',
  'typescript5.0@npm:typescript@5.0',
  'vite',
  'webpack@5',
  'webpack4@npm:webpack@4.47',
  'esbuild',
  'rollup',
  '@rollup/plugin-node-resolve',
  '@rollup/plugin-commonjs',
  'deno',
  'bun',
  'pnpm',
  'yarn@1',
  '@yarnpkg/cli-dist@4',
  'publint',
  '@arethetypeswrong/cli',
  ...[18, 22, 24].map((major) => {
    const binary = `node-${process.platform}-${process.arch}`; // npm has one for each platform
    return `node${String(major)}@npm:${binary}@${String(major)}`;
  }),
];
/** tfjs itself breaks under plug'n'play (it requires long, and does not say so); these do not. */
const CORE = ['@tensorflow/tfjs-core@4.22', '@tensorflow/tfjs-backend-cpu@4.22'];
const TFJS = [
  '@tensorflow/tfjs@4.22',
  '@tensorflow/tfjs-core@4.22',
  '@tensorflow/tfjs-layers@4.22',
];

const folder = mkdtempSync(join(tmpdir(), 'topk-matrix-'));
const tools = join(folder, 'tools');
const user = join(folder, 'user');
const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
let tarball = '';

/** Runs a command in a folder and returns what it prints. @throws what it printed if it fails. */
function run(cwd: string, command: string, words: string[], env: NodeJS.ProcessEnv = {}): string {
  const options = { cwd, encoding: 'utf8', env: { ...process.env, ...env } } as const;
  const { status, stdout, stderr } = spawnSync(command, words, options);
  if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${stdout}${stderr}`);
  return stdout.trim();
}

const node = (words: string[], cwd = user, env: NodeJS.ProcessEnv = {}) =>
  run(cwd, process.execPath, words, env);

/** A program of `TOOLS`. */
const tool = (name: string) => join(tools, 'node_modules/.bin', name);
/** A script of one, where two have a program of the same name. */
const toolScript = (path: string) => join(tools, 'node_modules', path);

function write(name: string, text: string, cwd = user): string {
  writeFileSync(join(cwd, name), text);
  return name;
}

const page = (html = '') => `<!doctype html><meta charset="utf-8">${html}`;
const CDN = 'https://cdn.jsdelivr.net/npm/';

/** What a page of the user's prints first, in a browser for which the CDN has what is installed. */
async function printedBy(html: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    const shown = await browser.newPage();
    const printed = new Promise<string>((resolve) => {
      shown.on('console', (message) => {
        resolve(message.text());
      });
      shown.on('pageerror', (error) => {
        resolve(error.message);
      });
    });
    await shown.route('**/*', async (route) => {
      const url = route.request().url();
      if (url === 'http://user/') await route.fulfill({ contentType: 'text/html', body: html });
      else await route.fulfill({ contentType: 'text/javascript', path: fileAt(url) });
    });
    await shown.goto('http://user/');
    return await printed;
  } finally {
    await browser.close();
  }
}

function fileAt(url: string): string {
  if (!url.startsWith(CDN)) return join(user, new URL(url).pathname);
  const [, name, path] =
    /^((?:@\w+\/)?[\w-]+)(?:@[\d.]+)?(\/.+)?$/.exec(url.slice(CDN.length)) ?? [];
  const installed = join(user, 'node_modules', name);
  if (path) return join(installed, path);
  const manifest = readFileSync(join(installed, 'package.json'), 'utf8');
  return join(installed, (JSON.parse(manifest) as { jsdelivr: string }).jsdelivr);
}

function project(name: string, fields: object = {}): string {
  const path = join(folder, name);
  mkdirSync(path);
  write('package.json', JSON.stringify({ name, private: true, ...fields }), path);
  return path;
}

beforeAll(() => {
  tarball = packTarball(folder);
  run(project('tools'), 'npm', ['install', ...TOOLS]);
  run(project('user'), 'npm', ['install', tarball, ...TFJS]);
}, 600_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('in Node', () => {
  it.each([
    ['an ES module', 'a.mjs', programs.ESM, programs.PRINTED],
    ['CommonJS', 'a.cjs', programs.COMMONJS, programs.PRINTED],
    ['a program that loads tfjs later', 'later.mjs', programs.TFJS_LATER, programs.PRINTED],
    ['a program with the layers', 'layers.mjs', programs.LAYERS, programs.LAYERS_PRINTED],
  ])('%s gets the gradient', (_, name, program, printed) => {
    expect(node([write(name, program)])).toBe(printed);
  });

  it.each([18, 22, 24])('of version %d, a program of each kind gets it', (major) => {
    const binary = toolScript(`node${String(major)}/bin/node`);
    expect(run(user, binary, ['--version'])).toMatch(`v${String(major)}.`);
    expect(run(user, binary, [write('a.mjs', programs.ESM)])).toBe(programs.PRINTED);
    expect(run(user, binary, [write('a.cjs', programs.COMMONJS)])).toBe(programs.PRINTED);
    const layers = run(user, binary, [write('layers.mjs', programs.LAYERS)]);
    expect(layers).toBe(programs.LAYERS_PRINTED);
  });

  it('a program gets it that has tfjs-core and a backend alone', () => {
    const path = project('core');
    run(path, 'npm', ['install', tarball, ...CORE]);
    expect(node([write('a.cjs', programs.CORE_ALONE, path)], path)).toBe(programs.PRINTED);
  });
});

describe('in TypeScript', () => {
  it.each([
    ['typescript5.0', 'nodenext', 'nodenext'],
    ['typescript5.0', 'esnext', 'bundler'],
    ['typescript5.0', 'commonjs', 'node'],
    ['typescript', 'nodenext', 'nodenext'],
    ['typescript', 'esnext', 'bundler'],
  ])('%s finds the types with module %s, moduleResolution %s', (name, module, resolution) => {
    const files = [write('typed.ts', programs.TYPED), write('mistyped.ts', programs.MISTYPED)];
    if (module !== 'commonjs') files.push(write('typed.mts', programs.TYPED));
    const words = `--noEmit --strict --target es2022 --lib es2022,dom --skipLibCheck false --types --pretty false`;
    const { stdout } = spawnSync(
      process.execPath,
      [
        toolScript(`${name}/bin/tsc`),
        ...[...words.split(' '), '--module', module, '--moduleResolution', resolution, ...files],
      ],
      { cwd: user, encoding: 'utf8' },
    );
    // tfjs's declarations have faults of their own.
    const ours = /^(?:node_modules\/tfjs-topk-grad\/|(?:mis)?typed\.m?ts).*: error TS/;
    const errors = stdout.split('\n').filter((line) => ours.test(line));
    expect(errors.map((line) => line.replace(/: error.*/, ''))).toEqual([
      'mistyped.ts(3,11)',
      'mistyped.ts(4,16)',
    ]);
  });
});

describe('in a page without a bundler', () => {
  it('the README’s two <script> tags and three lines get the gradient', async () => {
    const readme = readFileSync(join(user, 'node_modules/tfjs-topk-grad/README.md'), 'utf8');
    const [, html] = /```html\n([^]*?)```/.exec(readme) ?? [];
    expect(await printedBy(page(html))).toBe('6,0,4');
  });

  it('an import map gets it', async () => {
    const [tfjs, ours] = [
      '@tensorflow/tfjs@4.22.0/dist/tf.fesm.min.js',
      'tfjs-topk-grad/esm/index.js',
    ];
    const imports = {
      '@tensorflow/tfjs': CDN + tfjs,
      '@tensorflow/tfjs-core': CDN + tfjs,
      'tfjs-topk-grad': CDN + ours,
    };
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
    const html = page(`${map}<script type="module">${programs.ESM}</script>`);
    expect(await printedBy(html)).toBe(programs.PRINTED);
  });

  it('the layers’ script gets it from the two before it', async () => {
    const scripts = [
      '@tensorflow/tfjs@4.22.0',
      'tfjs-topk-grad',
      'tfjs-topk-grad/topk-grad-layers.min.js',
    ];
    const tags = scripts.map((path) => `<script src="${CDN}${path}"></script>`).join('');
    const body = programs.LAYERS.replaceAll(/import .*/g, '').replace(
      'new ',
      'new topkGradLayers.',
    );
    expect(await printedBy(page(`${tags}<script>${body}</script>`))).toBe(programs.LAYERS_PRINTED);
  });
});

describe('in a bundler', () => {
  const entry = join(user, 'bundled.js');
  const script = (name: string, text: string) => node([write(name, text, tools)], tools);

  it.each([
    ['all of tfjs', programs.ESM],
    ['tfjs-core and a backend', programs.CORE],
  ])('esbuild bundles it with %s', (_, program) => {
    writeFileSync(entry, program);
    const words = ['--bundle', '--format=cjs', `--outfile=${user}/esbuild.cjs`];
    const outside = ['fs', 'util', 'crypto', 'string_decoder'].map((name) => `--external:${name}`);
    run(tools, tool('esbuild'), [entry, ...words, ...outside]);
    expect(node(['esbuild.cjs'])).toBe(programs.PRINTED);
  });

  it.each([
    ['all of tfjs', programs.ESM],
    ['tfjs-core and a backend', programs.CORE],
  ])('vite bundles it with %s', async (_, program) => {
    writeFileSync(entry, program);
    script(
      'vite.mjs',
      `import { build } from 'vite';
       const lib = { entry: ${JSON.stringify(entry)}, formats: ['iife'], name: 'vite', fileName: () => 'vite.js' };
       await build({ root: ${JSON.stringify(user)}, logLevel: 'error', build: { lib } });`,
    );
    expect(await printedBy(page('<script src="dist/vite.js"></script>'))).toBe(programs.PRINTED);
  });

  it('rollup bundles it', () => {
    writeFileSync(entry, programs.ESM);
    script(
      'rollup.mjs',
      `import { rollup } from 'rollup';
       import { nodeResolve } from '@rollup/plugin-node-resolve';
       import commonjs from '@rollup/plugin-commonjs';
       const plugins = [nodeResolve({ browser: true }), commonjs()];
       const bundle = await rollup({ input: ${JSON.stringify(entry)}, plugins, onwarn() {} });
       await bundle.write({ file: ${JSON.stringify(join(user, 'rollup.cjs'))}, format: 'cjs', inlineDynamicImports: true });`,
    );
    expect(node(['rollup.cjs'])).toBe(programs.PRINTED);
  });

  it.each([
    ['5', 'webpack', ''],
    ['4', 'webpack4', '--openssl-legacy-provider'], // for its md4
  ])('webpack %s bundles it', async (version, name, NODE_OPTIONS) => {
    writeFileSync(entry, programs.ESM);
    const file = `webpack${version}.js`;
    write(
      file,
      `const output = { path: ${JSON.stringify(user)}, filename: '${file}' };
       require('${name}')({ mode: 'production', optimization: { minimize: false }, entry: ${JSON.stringify(entry)}, output }, (error, stats) => {
         if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exit(1); }
       });`,
      tools,
    );
    node([file], tools, { NODE_OPTIONS });
    expect(await printedBy(page(`<script src="${file}"></script>`))).toBe(programs.PRINTED);
  });
});

describe('with another package manager', () => {
  it('pnpm installs it in its strict layout', () => {
    const path = project('pnpm');
    const words = ['add', '--ignore-scripts', tarball, ...TFJS];
    run(path, tool('pnpm'), words, { npm_config_registry: registry });
    expect(node([write('a.mjs', programs.ESM, path)], path)).toBe(programs.PRINTED);
  });

  it("yarn 1 installs it as plug'n'play, without a warning about it", () => {
    const path = project('yarn1', { installConfig: { pnp: true } });
    const env = { npm_config_registry: registry, YARN_CACHE_FOLDER: join(folder, 'yarn1-cache') };
    const yarn = toolScript('yarn/bin/yarn.js');
    const words = ['add', '--ignore-scripts', `file:${tarball}`, ...CORE];
    const { stdout, stderr } = spawnSync(process.execPath, [yarn, ...words], {
      cwd: path,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    expect(stdout + stderr).not.toMatch(/tfjs-topk-grad.*peer|isn't provided/);
    write('a.cjs', programs.CORE_ALONE, path);
    expect(node([yarn, '--silent', 'node', 'a.cjs'], path, env)).toContain(programs.PRINTED);
  });

  it("yarn 4 installs it as plug'n'play, without a warning about it", () => {
    const path = project('yarn4');
    write('yarn.lock', '', path);
    const env = {
      YARN_NPM_REGISTRY_SERVER: registry,
      YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
      YARN_ENABLE_TELEMETRY: '0',
      YARN_ENABLE_SCRIPTS: 'false',
      YARN_GLOBAL_FOLDER: join(folder, 'yarn4-global'),
    };
    const yarn = toolScript('@yarnpkg/cli-dist/bin/yarn.js');
    const log = node([yarn, 'add', `tfjs-topk-grad@file:${tarball}`, ...CORE], path, env);
    expect(log).not.toMatch(/tfjs-topk-grad.*doesn't provide|YN0002.*tfjs-topk-grad/);
    write('a.cjs', programs.CORE_ALONE, path);
    expect(node([yarn, 'node', 'a.cjs'], path, env)).toBe(programs.PRINTED);
  });
});

describe('in another runtime', () => {
  it('Deno gets the gradient', () => {
    const words = ['run', '--allow-all', '--node-modules-dir=manual', write('a.mjs', programs.ESM)];
    expect(run(user, tool('deno'), words)).toBe(programs.PRINTED);
  });

  it('Bun gets the gradient', () => {
    expect(run(user, tool('bun'), ['run', write('a.mjs', programs.ESM)])).toBe(programs.PRINTED);
  });
});

describe('the tarball', () => {
  it('passes publint --strict', () => {
    run(tools, tool('publint'), ['run', tarball, '--strict']);
  });

  it('passes attw', () => {
    run(tools, tool('attw'), [tarball]);
  });
});
