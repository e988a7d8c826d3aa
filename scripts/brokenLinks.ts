import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseHTML } from 'linkedom';

/** What is used of the DOM, which these scripts have no types for. */
interface Page {
  querySelectorAll: (
    selector: string,
  ) => Iterable<{ getAttribute: (name: string) => string | null }>;
  getElementById: (id: string) => object | null;
}

/** The links, scripts, styles and pictures of all pages in a folder that lead to no file or anchor there. */
export function brokenLinks(folder: string): string[] {
  const pages = new Map<string, Page>();
  const read = (path: string) => {
    const known =
      pages.get(path) ??
      (parseHTML(readFileSync(path, 'utf8')) as unknown as { document: Page }).document;
    pages.set(path, known);
    return known;
  };
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .flatMap((file) => {
      const path = join(folder, file);
      const addresses = [...read(path).querySelectorAll('[href], [src]')].map(
        (element) => element.getAttribute('href') ?? element.getAttribute('src') ?? '',
      );
      const isBroken = (address: string) => {
        if (/^[a-z]+:/.test(address)) return false; // of another site, or data
        const [to, anchor = ''] = address.split('#').map(decodeURIComponent);
        const target = to === '' ? path : join(dirname(path), to);
        if (!existsSync(target) || statSync(target).isDirectory()) return true;
        return anchor !== '' && target.endsWith('.html') && !read(target).getElementById(anchor);
      };
      return [...new Set(addresses.filter(isBroken))].map((address) => `${file}: ${address}`);
    });
}
