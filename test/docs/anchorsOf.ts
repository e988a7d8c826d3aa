import MarkdownIt from 'markdown-it';

/** What a link may have after its '#': the headings of a page, as GitHub names them. */
export function anchorsOf(markdown: string): string[] {
  const tokens = new MarkdownIt().parse(markdown, {});
  const headings = tokens.filter((_, i) => i > 0 && tokens[i - 1].type === 'heading_open');
  const names = headings.map(({ children }) => {
    const text = (children ?? []).map(({ content }) => content).join('');
    return text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
  });
  return names.map((name, i) => {
    const earlier = names.slice(0, i).filter((other) => other === name).length;
    return earlier === 0 ? name : `${name}-${String(earlier)}`;
  });
}
