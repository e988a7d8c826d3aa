import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { SaveError } from '../../../experiments/notebook/SaveError.ts';
import { saveFile } from '../../../experiments/notebook/saveFile.ts';
import { saveFiles } from '../../../experiments/notebook/saveFiles.ts';

const MANIFEST = '.tfjs-topk-grad.json';
const root = mkdtempSync(join(tmpdir(), 'save-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});
const killed = join(root, 'killed.js'); // bundled, because Node alone starts faster
buildSync({
  entryPoints: [require.resolve('./scripts/killed.ts')],
  bundle: true,
  platform: 'node',
  outfile: killed,
});
let count = 0;
const newFolder = () => join(root, String(++count));
/** A folder with files, given as texts by name. */
const folderWith = (texts: Record<string, string>) => {
  const folder = newFolder();
  mkdirSync(folder);
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  return folder;
};
const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
const files = (folder: string) => readdirSync(folder).filter((name) => name !== MANIFEST);

describe('saveFiles', () => {
  it('creates the folder, and lists what it wrote in a manifest, by run', () => {
    const folder = join(newFolder(), 'a/b');
    saveFiles(folder, 'soft', { 'soft.html': 'page' });
    saveFiles(folder, 'run', { 'run-1.svg': 'chart', 'run.ipynb': 'notebook' });
    expect(contents(folder)).toEqual({
      'soft.html': 'page',
      'run-1.svg': 'chart',
      'run.ipynb': 'notebook',
      [MANIFEST]: expect.any(String) as string,
    });
    expect(JSON.parse(contents(folder)[MANIFEST])).toEqual({
      run: ['run-1.svg', 'run.ipynb'],
      soft: ['soft.html'],
    });
  });

  it('replaces the earlier run, and removes what only that one had', () => {
    const folder = newFolder();
    saveFiles(folder, 'run', { 'run-1.svg': 'old', 'run-2.svg': 'old', 'run.html': 'old' });
    saveFiles(folder, 'run', { 'run-1.svg': 'new', 'run.html': 'new' });
    const { [MANIFEST]: manifest, ...saved } = contents(folder);
    expect(saved).toEqual({ 'run-1.svg': 'new', 'run.html': 'new' });
    expect(JSON.parse(manifest)).toEqual({ run: ['run-1.svg', 'run.html'] });
  });

  it.each(['run.ipynb', 'run.html', 'run-1.svg', 'run-2024.svg'])(
    'refuses to save beside a %s of another origin, and changes nothing',
    (name) => {
      const folder = folderWith({ [name]: 'mine', 'run-x.svg': 'mine', 'other-1.svg': 'mine' });
      const before = contents(folder);
      const save = () => {
        saveFiles(folder, 'run', { 'run-1.svg': 'new', 'run.ipynb': 'new', 'run.html': 'new' });
      };
      expect(save).toThrow(SaveError);
      expect(save).toThrow(
        `${join(folder, name)} stands in the way (no earlier run saved it), and is kept; ` +
          'choose another folder with --save',
      );
      expect(contents(folder)).toEqual(before);
    },
  );

  it('refuses a folder or a link in the place of a file, even of one that an earlier run saved', () => {
    const folder = newFolder();
    saveFiles(folder, 'run', { 'run.html': 'old', 'run-1.svg': 'old' });
    rmSync(join(folder, 'run-1.svg'));
    writeFileSync(join(folder, 'mine'), 'mine');
    for (const occupy of [
      mkdirSync,
      (path: string) => {
        symlinkSync('mine', path);
      },
    ]) {
      // prettier-ignore
      occupy(join(folder, 'run-1.svg'));
      expect(() => {
        saveFiles(folder, 'run', { 'run.html': 'new', 'run-1.svg': 'new' });
      }).toThrow(/run-1\.svg stands in the way \(it is not a file\)/);
      expect(readFileSync(join(folder, 'run.html'), 'utf8')).toBe('old');
      expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine');
      rmSync(join(folder, 'run-1.svg'), { recursive: true });
    }
  });

  it.each(['{', '[1]', '{"run": "run.html"}', '{"run": [1]}'])(
    'refuses a folder whose manifest is not one: %s',
    (text) => {
      const folder = folderWith({ [MANIFEST]: text });
      expect(() => {
        saveFiles(folder, 'run', { 'run.html': 'new' });
      }).toThrow(`${MANIFEST} does not list saved runs; choose another folder with --save`);
      expect(contents(folder)).toEqual({ [MANIFEST]: text });
    },
  );

  it('removes no file that cannot be of the run, whatever the manifest lists', () => {
    const mine = newFolder();
    const folder = folderWith({
      [MANIFEST]: JSON.stringify({ run: ['mine.txt', `../${String(count)}x`, 'run-2.svg'] }),
      'mine.txt': 'mine',
      'run-2.svg': 'old',
    });
    writeFileSync(`${mine}x`, 'mine');
    saveFiles(folder, 'run', { 'run.html': 'new' });
    expect(files(folder).sort()).toEqual(['mine.txt', 'run.html']);
    expect(existsSync(`${mine}x`)).toBe(true);
  });

  it('refuses missing/../folder, and resolves link/.. as the system does', () => {
    expect(() => {
      saveFiles(`${root}/missing/../surprise`, 'run', { 'run.html': 'new' });
    }).toThrow(/missing\/\.\.\/surprise cannot be written: ENOENT/);
    expect(existsSync(join(root, 'surprise'))).toBe(false);
    mkdirSync(join(root, 'far/away'), { recursive: true });
    symlinkSync('far/away', join(root, 'link'));
    saveFiles(`${root}/link/../beside`, 'run', { 'run.html': 'new' });
    expect(readdirSync(join(root, 'far')).sort()).toEqual(['away', 'beside']);
  });

  it('names what cannot be written in one line, and changes nothing', () => {
    const folder = newFolder();
    saveFiles(folder, 'run', { 'run.html': 'old' });
    writeFileSync(join(folder, 'file'), 'kept');
    const before = contents(folder);
    const long = `run-${'1'.repeat(300)}.svg`;
    expect(() => {
      saveFiles(folder, 'run', { 'run.html': 'new', [long]: 'new' });
    }).toThrow(/^\S+1\.svg cannot be written: ENAMETOOLONG.+$/);
    expect(() => {
      saveFiles(join(folder, 'file/in'), 'run', { 'run.html': 'new' });
    }).toThrow(/^\S+file\/in cannot be written: ENOTDIR.+$/);
    expect(contents(folder)).toEqual(before);
  });

  const bash = spawnSync('bash', ['-c', 'ulimit -f']).status === 0 ? it : it.skip;
  bash('keeps the earlier run if the disk is full, here simulated by a limit for files', () => {
    const folder = newFolder();
    saveFiles(folder, 'run', { 'run.html': 'old' });
    const before = contents(folder);
    const command = `ulimit -f 1; exec "$0" "$1" "$2" ${'x'.repeat(5000)} 2 0`;
    const args = ['-c', command, process.execPath, killed, folder];
    const { stderr } = spawnSync('bash', args, { encoding: 'utf8' });
    expect(stderr).toMatch(/run-1\.svg cannot be written: EFBIG/);
    expect(contents(folder)).toEqual(before);
  });
});

describe('saveFiles, killed', () => {
  const save = (folder: string, text: string, charts: number, killAt = 0) => {
    return spawnSync(process.execPath, [killed, folder, text, String(charts), String(killAt)])
      .status;
  };
  const saved = (text: string, charts: number) =>
    Object.fromEntries(
      [...['run-1.svg', 'run-2.svg'].slice(0, charts), 'run.html', 'run.ipynb'].map((name) => [
        name,
        `${name} ${text}`,
      ]),
    );

  it.each([
    ['a run with fewer charts', 1, 2],
    ['a run with more charts', 2, 1],
    ['none', 0, 2],
  ])(
    'at any moment while it replaces %s: after the next save in the folder, one is there whole',
    (_, before, after) => {
      const found: string[] = [];
      for (let killAt = 1; ; killAt++) {
        const folder = newFolder();
        if (before > 0) saveFiles(folder, 'run', saved('old', before));
        if (save(folder, 'new', after, killAt) === 0) break;
        saveFiles(folder, 'other', { 'other.html': 'other' });

        const { [MANIFEST]: manifest, 'other.html': other, ...rest } = contents(folder);
        expect(other).toBe('other');
        const { run = [] } = JSON.parse(manifest) as { run?: string[] };
        expect(run.toSorted()).toEqual(Object.keys(rest).sort());
        const isNew = Object.values(rest).some((text) => text.endsWith(' new'));
        expect(rest).toEqual(isNew ? saved('new', after) : before > 0 ? saved('old', before) : {});
        found.push(isNew ? 'new' : 'old');
      }
      expect(found.join(' ')).toMatch(/^(old ){8,}(new ?){6,}$/);
    },
    120_000,
  );

  it('leaves the staging folder of a running process alone, unless it is old', () => {
    const folder = newFolder();
    const staging = join(folder, `.tfjs-topk-grad-${String(process.ppid)}.tmp`);
    mkdirSync(staging, { recursive: true });
    mkdirSync(join(folder, '.tfjs-topk-grad-x.tmp'));
    saveFiles(folder, 'run', { 'run.html': 'new' });
    expect(existsSync(staging)).toBe(true);
    utimesSync(staging, 0, 0);
    saveFiles(folder, 'run', { 'run.html': 'new' });
    expect(files(folder).sort()).toEqual(['.tfjs-topk-grad-x.tmp', 'run.html']);
  });

  it.each([
    '{',
    'null',
    '[]',
    '{"run": "run", "files": "run.html"}',
    '{"run": "run", "files": [1]}',
  ])('names a staging folder whose list of files is damaged, and keeps it: %s', (text) => {
    const folder = newFolder();
    const staging = join(folder, '.tfjs-topk-grad-999999999.tmp');
    mkdirSync(staging, { recursive: true });
    writeFileSync(join(staging, 'run.json'), text);
    expect(() => {
      saveFiles(folder, 'run', { 'run.html': 'new' });
    }).toThrow(
      `${join(staging, 'run.json')} does not list the files of a run; ` +
        'remove the folder that it is in, or choose another one with --save',
    );
    expect(files(folder)).toEqual(['.tfjs-topk-grad-999999999.tmp']);
  });

  it("leaves a user's file alone that has the name of a staging folder", () => {
    const folder = newFolder();
    const own = join(folder, '.tfjs-topk-grad-999999999.tmp');
    mkdirSync(folder);
    writeFileSync(own, 'mine');
    saveFiles(folder, 'run', { 'run.html': 'new' });
    expect(readFileSync(own, 'utf8')).toBe('mine');
  });
});

describe('saveFile', () => {
  it('saves one file as a run of its own', () => {
    const path = join(newFolder(), 'a.json');
    saveFile(path, 'old');
    saveFile(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
  });
});
