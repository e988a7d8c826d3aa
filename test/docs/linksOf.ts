import MarkdownIt from 'markdown-it';

/** The addresses of a page's links and images, in order. */
export function linksOf(markdown: string): string[] {
  return new MarkdownIt()
    .parse(markdown, {})
    .flatMap(({ children }) => children ?? [])
    .map((token) => token.attrGet('href') ?? token.attrGet('src'))
    .filter((address) => address !== null)
    .map((address) => decodeURI(String(address)));
}
