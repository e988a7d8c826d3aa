import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const THEORY = readFileSync(join(ROOT, 'docs/theory.md'), 'utf8');
const ROW =
  /^\| (\d+) +\| \[\w+\]\(\.\.\/(.+?)\), “(.+?)” +\| \[.+?\]\(\.\.\/(.+?)\), “(.+)” +\|$/gm;

const statements = [...THEORY.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
const evidence = [...THEORY.matchAll(ROW)].map(([, number, script, heading, test, title]) => ({
  number: Number(number),
  script,
  heading,
  test,
  title,
}));

describe('docs/theory.md', () => {
  it('numbers its statements without a gap, and names evidence for each', () => {
    expect(statements).toEqual(statements.map((_, i) => i + 1));
    expect(statements.length).toBeGreaterThanOrEqual(14);
    expect(evidence.map(({ number }) => number)).toEqual(statements);
  });

  it.each(evidence)('links statement $number to a cell and a test that exist', (row) => {
    const { script, heading, test, title } = row;
    const cells = readFileSync(join(ROOT, script), 'utf8').split('\n');
    expect(cells).toContain(`// ## ${heading}`);
    expect(readFileSync(join(ROOT, test), 'utf8')).toContain(title);
  });
});
