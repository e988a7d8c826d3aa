import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../../experiments/notebook/makeFolder.ts';

describe('makeFolder', () => {
  it('makes a folder and those that it lies in, and leaves one that is there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'topk-'));
    try {
      makeFolder(join(folder, 'a/b'));
      makeFolder(join(folder, 'a/b'));
      expect(existsSync(join(folder, 'a/b'))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  (existsSync('/proc') ? it : it.skip)('fails in /proc, where Node waits forever', () => {
    expect(() => {
      makeFolder('/proc/nope/a');
    }).toThrow('ENOENT');
  });
});
