const MAX_NAMED = 6;

/** 'no row', 'row 2', 'rows 0, 2 and 4', 'rows 0, 1, 2, 3, 4 and 199995 more'. */
export function formatRows(rows: number[]): string {
  if (rows.length === 0) return 'no row';
  if (rows.length === 1) return `row ${String(rows[0])}`;
  const isLong = rows.length > MAX_NAMED;
  const named = rows.slice(0, isLong ? MAX_NAMED - 1 : -1);
  const last = isLong ? `${String(rows.length - named.length)} more` : String(rows.at(-1));
  return `rows ${named.join(', ')} and ${last}`;
}
