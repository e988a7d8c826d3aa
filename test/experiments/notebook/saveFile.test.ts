import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaveError } from '../../../experiments/notebook/SaveError.ts';
import { saveFile } from '../../../experiments/notebook/saveFile.ts';
import { saveFiles } from '../../../experiments/notebook/saveFiles.ts';

describe('saveFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'save-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('writes a file, creates its folder, and replaces an existing file', () => {
    const path = join(folder, 'a/b/c.txt');
    saveFile(path, 'old');
    saveFile(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['c.txt']);
  });

  it('names the file that cannot be written in one line, and leaves no temporary file', () => {
    writeFileSync(join(folder, 'file'), 'kept');
    mkdirSync(join(folder, 'taken.txt'));
    for (const name of ['file/c.txt', 'taken.txt']) {
      expect(() => {
        saveFile(join(folder, name), 'text');
      }).toThrow(SaveError);
      expect(() => {
        saveFile(join(folder, name), 'text');
      }).toThrow(/^\S+(c|taken)\.txt cannot be written: .+$/);
    }
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('kept');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(existsSync(join(folder, 'taken.txt'))).toBe(true);
  });

  it('writes none of several files if one cannot be written', () => {
    writeFileSync(join(folder, 'old.txt'), 'old');
    const texts = { [join(folder, 'old.txt')]: 'new', [join(folder, 'file/c.txt')]: 'text' };
    expect(() => {
      saveFiles(texts);
    }).toThrow(/file.c\.txt cannot be written/);
    expect(readFileSync(join(folder, 'old.txt'), 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  const full = existsSync('/dev/full') ? it : it.skip;
  full('keeps the old file if the disk is full', () => {
    // Simulates a full disk by a temporary file that cannot be written to.
    const path = join(folder, 'kept.txt');
    saveFile(path, 'old');
    const temporary = `${path}.${String(process.pid)}.tmp`;
    symlinkSync('/dev/full', temporary);
    expect(() => {
      saveFile(path, 'new');
    }).toThrow(/kept\.txt cannot be written: ENOSPC/);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
