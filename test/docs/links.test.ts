import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../../package.json';
import { anchorsOf } from './anchorsOf.ts';
import { linksOf } from './linksOf.ts';
import { PAGES, readPage, ROOT } from './pages.ts';

/** The relative links of a page, as paths in the repository and anchors. */
function targetsOf(page: string) {
  return linksOf(readPage(page))
    .filter((address) => !/^[a-z]+:/.test(address))
    .map((address) => {
      const [path, anchor = ''] = address.split('#');
      return { address, path: path === '' ? page : join(page, '..', path), anchor };
    });
}

describe.each(PAGES)('%s', (page) => {
  const text = readPage(page);

  it('links to files and headings that exist', () => {
    const broken = targetsOf(page).filter(({ path, anchor }) => {
      if (!existsSync(join(ROOT, path))) return true;
      return anchor !== '' && !anchorsOf(readPage(path)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names files that exist', () => {
    const paths = text.matchAll(/`((?:src|test|docs|experiments|scripts)\/[\w./-]*)`/g);
    const missing = [...paths].filter(([, path]) => !existsSync(join(ROOT, path)));
    expect(missing.map(([, path]) => path)).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const commands = text.matchAll(/npm run ([\w:-]+)/g);
    const missing = [...commands].filter(([, name]) => !Object.hasOwn(scripts, name));
    expect(missing.map(([command]) => command)).toEqual([]);
  });
});

describe('the pages of docs/', () => {
  it('can all be reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) {
      for (const { path } of targetsOf(page)) if (PAGES.includes(path)) reached.add(path);
    }
    expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
  });

  it('link back to the README', () => {
    const pages = PAGES.filter((page) => page !== 'README.md');
    const withoutLink = pages.filter(
      (page) => !targetsOf(page).some(({ path }) => path === 'README.md'),
    );
    expect(withoutLink).toEqual([]);
  });
});
