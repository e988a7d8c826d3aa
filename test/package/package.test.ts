import { execFileSync } from 'node:child_process';
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
import { gzipSync } from 'node:zlib';
import { build as bundle } from 'esbuild';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'topk-package-'));
const copy = join(folder, 'repository');
const user = join(folder, 'user');
const installed = join(user, 'node_modules/tfjs-topk-grad');
const example = /```ts\n([^]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? '';
const readManifest = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as object;

const node = (script: string, cwd = user) =>
  execFileSync(process.execPath, [script], { cwd, encoding: 'utf8', stdio: 'pipe' });

// Builds and packs a copy of the repository from another folder, and unpacks it where a user's npm would.
beforeAll(() => {
  mkdirSync(copy);
  const pages = ['README.md', 'CHANGELOG.md', 'LICENSE'];
  for (const part of [...pages, 'package.json', 'tsconfig.json', 'scripts', 'src']) {
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  }
  const manifest = { ...readManifest(join(ROOT, 'package.json')), repository: 'https://host/a/b' };
  writeFileSync(join(copy, 'package.json'), JSON.stringify(manifest));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  mkdirSync(installed, { recursive: true });
  const script = join(copy, 'scripts/build.ts');
  execFileSync(process.execPath, [require.resolve('ts-node/dist/bin'), script], { cwd: user });
  const options = { cwd: copy, stdio: 'pipe' } as const;
  execFileSync('npm', ['pack', './dist', '--pack-destination', folder], options);
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['xf', join(folder, tarball), '-C', installed, '--strip-components=1']);
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

  it('is built in the repository, whichever folder the script is called from', () => {
    expect(readdirSync(user).sort()).toEqual(['example.ts', 'node_modules']);
    expect(readdirSync(copy)).toContain('dist');
  });

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

  it('is one program for require and import: a RowSparse of one is an instance of the other', () => {
    writeFileSync(
      join(user, 'both.mjs'),
      `import '@tensorflow/tfjs';
       import { createRequire } from 'node:module';
       import * as imported from 'tfjs-topk-grad';
       const required = createRequire(import.meta.url)('tfjs-topk-grad');
       console.log(new required.RowSparse([0], [1], [2], 3) instanceof imported.RowSparse);
       console.log(Object.keys(required).filter((name) => required[name] !== imported[name]).length);`,
    );
    expect(node('both.mjs')).toBe('true\n0\n');
  });

  const bundleUser = (contents: string, tfjs: 'inside' | 'outside') =>
    bundle({
      stdin: { contents, resolveDir: user },
      bundle: true,
      platform: 'browser',
      format: 'cjs',
      minify: true,
      external: tfjs === 'outside' ? ['@tensorflow/*'] : ['fs', 'util', 'crypto', 'string_decoder'],
      metafile: true,
      write: false,
    });

  it('keeps its gradient rules in a bundle, with one copy of tfjs-core', async () => {
    const javascript = ts.transpile(example, { module: ts.ModuleKind.ESNext });
    const { metafile, outputFiles } = await bundleUser(javascript, 'inside');
    writeFileSync(join(user, 'bundle.cjs'), outputFiles[0].text);
    expect(node('bundle.cjs').trim().split('\n')).toEqual(promised);
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.filter((path) => path.endsWith('tf-core.node.js'))).toEqual([]);
  });

  it('costs a bundle what it uses: topk alone is less than half of everything', async () => {
    const sizeOf = async (code: string) => {
      const { outputFiles } = await bundleUser(code, 'outside');
      return gzipSync(outputFiles[0].contents, { level: 9 }).length;
    };
    const topk = await sizeOf("export { topk } from 'tfjs-topk-grad'");
    const all = await sizeOf("export * from 'tfjs-topk-grad'");
    expect(topk).toBeLessThan(14_200);
    expect(topk).toBeLessThan(all / 2);
  });

  it('has declarations that import nothing but tfjs', () => {
    for (const file of ['index.d.ts', 'layers.d.ts', 'esm/index.d.ts', 'esm/layers.d.ts']) {
      const text = readFileSync(join(installed, file), 'utf8');
      for (const [, path] of text.matchAll(/ from '([^']*)'/g)) {
        expect(path).toMatch(/^@tensorflow\/tfjs-|^tfjs-topk-grad$/);
      }
    }
  });

  it('needs only tfjs-core, which the user has, and ships nothing but src, compiled', () => {
    const manifest = readManifest(join(installed, 'package.json'));
    expect(manifest).toMatchObject({ peerDependencies: { '@tensorflow/tfjs-core': '^4.22.0' } });
    for (const key of ['dependencies', 'devDependencies', 'optionalDependencies', 'scripts']) {
      expect(manifest).not.toHaveProperty(key);
    }
    const shipped = readdirSync(installed, { recursive: true }).map(String);
    expect(shipped).toEqual(
      expect.arrayContaining(['index.js', 'esm/index.js', 'CHANGELOG.md', 'LICENSE']),
    );
    expect(shipped.length).toBeLessThanOrEqual(30);
    const others = shipped.filter((name) => !/\.(js|d\.ts|map|md|json)$/.test(name));
    expect(others).toEqual(expect.arrayContaining(['LICENSE', 'esm']));
    expect(others).toHaveLength(2);
  });

  it('takes every link from the one field that says where the repository is', () => {
    expect(readManifest(join(installed, 'package.json'))).toMatchObject({
      repository: { type: 'git', url: 'git+https://host/a/b.git' },
      homepage: 'https://host/a/b#readme',
      bugs: { url: 'https://host/a/b/issues' },
    });
    const readme = readFileSync(join(installed, 'README.md'), 'utf8');
    const links = [...readme.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link);
    expect(links).toContain('https://host/a/b/blob/HEAD/docs/ties.md');
    expect(links.filter((link) => !/^https:\/\/|^#/.test(link))).toEqual([]);
  });
});
