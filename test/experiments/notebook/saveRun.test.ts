import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutedCell } from '../../../experiments/notebook/ExecutedCell.ts';
import { saveRun } from '../../../experiments/notebook/saveRun.ts';

describe('saveRun', () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const cell: ExecutedCell = {
    kind: 'code',
    source: ['a();'],
    lastLine: 1,
    count: 1,
    outputs: [{ kind: 'chart', title: 'title', svg: '<svg/>' }],
  };

  it('deletes charts left over from an earlier run that had more, and no other file', () => {
    const others = ['saved-a.svg', 'other-2.svg'];
    for (const name of others) writeFileSync(join(folder, name), '');
    saveRun(folder, 'saved', [cell, cell], 'Backend: cpu');
    saveRun(folder, 'saved', [cell], 'Backend: cpu');
    expect(readdirSync(folder).sort()).toEqual([
      '.tfjs-topk-grad.json',
      'other-2.svg',
      'saved-1.svg',
      'saved-a.svg',
      'saved.html',
      'saved.ipynb',
    ]);
    expect(readFileSync(join(folder, 'saved-1.svg'), 'utf8')).toBe('<svg/>');
  });
});
