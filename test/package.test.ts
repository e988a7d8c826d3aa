import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import ts from 'typescript';

const ROOT = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'topk-package-'));
const copy = join(folder, 'repository');
const user = join(folder, 'user');
const installed = join(user, 'node_modules/tfjs-topk-grad');
const example = /```ts\n([^]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? '';

const node = (script: string, ...args: string[]) =>
  execFileSync(process.execPath, [script, ...args], { cwd: user, encoding: 'utf8', stdio: 'pipe' });

// Builds and packs a copy of the repository, and unpacks it where a user's npm would.
beforeAll(() => {
  mkdirSync(copy);
  const parts = ['package.json', 'tsconfig.json', 'scripts', 'README.md', 'LICENSE', 'src'];
  for (const part of parts) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  execFileSync('npm', ['run', 'build'], { cwd: copy, stdio: 'pipe' });
  execFileSync('npm', ['pack', './dist', '--pack-destination', folder], {
    cwd: copy,
    stdio: 'pipe',
  });
  mkdirSync(installed, { recursive: true });
  const tarball = join(folder, 'tfjs-topk-grad-0.1.0.tgz');
  execFileSync('tar', ['xf', tarball, '-C', installed, '--strip-components=1']);
  symlinkSync(join(ROOT, 'node_modules/@tensorflow'), join(user, 'node_modules/@tensorflow'));
  writeFileSync(join(user, 'example.ts'), example);
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the package', () => {
  const promised = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(
    ([, output]) => output,
  );

  it.each([
    ['mjs', ts.ModuleKind.ESNext],
    ['cjs', ts.ModuleKind.CommonJS],
  ])(
    'runs the README’s example as an .%s program, with the output that it promises',
    (extension, module) => {
      const compilerOptions = { module, target: ts.ScriptTarget.ES2022 };
      const { outputText } = ts.transpileModule(example, { compilerOptions });
      writeFileSync(join(user, `example.${extension}`), outputText);
      const stdout = node(`example.${extension}`);
      expect(promised).toHaveLength(1);
      expect(stdout.trim().split('\n')).toEqual(promised);
    },
  );

  it('keeps its gradient rules in a bundle, with one copy of tfjs-core', async () => {
    const outfile = join(user, 'bundle.cjs');
    const { metafile } = await bundle({
      entryPoints: [join(user, 'example.ts')],
      bundle: true,
      platform: 'browser',
      external: ['fs', 'util', 'crypto', 'string_decoder'],
      metafile: true,
      outfile,
    });
    expect(node(outfile).trim().split('\n')).toEqual(promised);
    const inputs = Object.keys(metafile.inputs);
    expect(
      inputs.some((path) => path.endsWith('tfjs-topk-grad/esm/gradients/registerGradients.js')),
    ).toBe(true);
    expect(inputs.filter((path) => path.endsWith('tf-core.node.js'))).toEqual([]);
  });

  it.each([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])('has types for strict programs with module resolution %s', (resolution, module) => {
    writeFileSync(join(user, 'wrong.ts'), example.replace('topk(y, 2)', "topk(y, 'two')"));
    const options = [
      '--strict',
      '--skipLibCheck',
      '--noEmit',
      '--ignoreConfig',
      '--pretty',
      'false',
    ];
    const modules = ['--module', module, '--moduleResolution', resolution, '--target', 'es2022'];
    const { stdout } = spawnSync(
      process.execPath,
      [require.resolve('typescript/bin/tsc'), ...options, ...modules, 'example.ts', 'wrong.ts'],
      { cwd: user, encoding: 'utf8' },
    );
    expect(stdout.match(/^\S+: error .*$/gm)).toEqual([
      expect.stringMatching(/^wrong.ts.*'string' is not assignable to parameter of type 'number'/),
    ]);
  });

  it('needs only tfjs-core, which the user has, and ships nothing but src, compiled', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object;
    expect(manifest).toMatchObject({ peerDependencies: { '@tensorflow/tfjs-core': '^4.22.0' } });
    for (const key of ['dependencies', 'devDependencies', 'optionalDependencies', 'scripts']) {
      expect(manifest).not.toHaveProperty(key);
    }
    const shipped = readdirSync(installed);
    expect(shipped).toEqual(expect.arrayContaining(['index.js', 'index.d.ts', 'esm', 'LICENSE']));
    for (const ours of ['experiments', 'notebooks', 'scripts', 'src', 'test']) {
      expect(shipped).not.toContain(ours);
    }
  });
});
