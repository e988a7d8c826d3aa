import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOverwrite } from '../../../experiments/notebook/checkOverwrite.ts';
import { SaveError } from '../../../experiments/notebook/SaveError.ts';
import { STAGING } from '../../../experiments/notebook/staging.ts';

const root = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

describe('checkOverwrite', () => {
  it('leaves no folder behind, wherever the missing ones begin', () => {
    mkdirSync(join(root, 'there'));
    for (const missing of ['new', 'there', 'there/new', 'there/new/newer']) {
      expect(checkOverwrite(join(root, missing), 'run')).toBe(join(root, missing));
      expect(readdirSync(root)).toEqual(['there']);
      expect(readdirSync(join(root, 'there'))).toEqual([]);
    }
  });

  it('refuses a folder that cannot be made, and leaves none of those that it lies in', () => {
    const long = 'n'.repeat(300);
    expect(() => checkOverwrite(join(root, 'outer', long, 'inner'), 'run')).toThrow(SaveError);
    expect(existsSync(join(root, 'outer'))).toBe(false);
  });

  it('clears away what a killed process of the same number left', () => {
    const folder = join(root, 'killed');
    mkdirSync(join(folder, STAGING), { recursive: true });
    writeFileSync(join(folder, STAGING, 'run.html.part'), 'half');
    checkOverwrite(folder, 'run');
    expect(readdirSync(folder)).toEqual([]);
  });
});
