/** A page with its relative links made absolute: a registry shows it without the files beside it. */
export function absoluteLinks(page: string, repository: string | undefined): string {
  if (repository === undefined) return page;
  const base = repository.replace(/^git\+/, '').replace(/\.git$/, '');
  return page.replace(/(!?\[[^\]]*\]\()(?!\w+:|#)([^)]+\))/g, (_, text: string, rest: string) => {
    const view = text.startsWith('!') ? 'raw' : 'blob';
    return `${text}${base}/${view}/HEAD/${rest}`;
  });
}
