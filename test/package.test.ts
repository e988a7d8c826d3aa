import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'topk-package-'));
const copy = join(folder, 'repository');
const user = join(folder, 'user');
const installed = join(user, 'node_modules/tfjs-topk-grad');

// Packs a copy of the repository, and unpacks it where a user's node_modules would hold it.
beforeAll(() => {
  mkdirSync(copy);
  for (const part of [
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'README.md',
    'LICENSE',
    'src',
  ]) {
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: copy, stdio: 'pipe' });
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', [
    'xf',
    join(folder, 'tfjs-topk-grad-0.1.0.tgz'),
    '-C',
    installed,
    '--strip-components=1',
  ]);
  symlinkSync(join(ROOT, 'node_modules/@tensorflow'), join(user, 'node_modules/@tensorflow'));
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the package', () => {
  it.each(['mjs', 'cjs'])(
    'prints what the README’s example says, as an .%s program',
    (extension) => {
      const example =
        /```ts\n([^]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? '';
      const promised = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(
        ([, comment]) => comment,
      );
      expect(promised).toHaveLength(1);
      const module = extension === 'mjs' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
      const { outputText } = ts.transpileModule(example, {
        compilerOptions: { module, target: ts.ScriptTarget.ES2022 },
      });
      const program = join(user, `example.${extension}`);
      writeFileSync(program, outputText);
      const stdout = execFileSync(process.execPath, [program], { encoding: 'utf8', stdio: 'pipe' });
      expect(stdout.trim().split('\n')).toEqual(promised);
    },
  );

  it('needs only tfjs-core, which the user has, and does not ship the notebook', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object;
    expect(manifest).toMatchObject({ peerDependencies: { '@tensorflow/tfjs-core': '^4.22.0' } });
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('optionalDependencies');
    expect(() => readFileSync(join(installed, 'dist/notebook/notebook.js'))).toThrow('ENOENT');
  });

  it('has types', () => {
    const types = readFileSync(join(installed, 'dist/topk.d.ts'), 'utf8');
    expect(types).toContain('export declare function topk(x: Tensor | TensorLike, k: number)');
  });

  it('is packed without a change to package.json', () => {
    expect(readFileSync(join(copy, 'package.json'), 'utf8')).toBe(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    );
  });
});
