const MAX_NAMED = 6;

/** 'row 2', 'rows 0, 2 and 4', 'rows 0, 1, 2, 3, 4 and 199995 more'. */
export function formatRows(rows: number[]): string {
  if (rows.length === 1) return `row ${String(rows[0])}`;
  const named = rows.length > MAX_NAMED ? rows.slice(0, MAX_NAMED - 1) : rows.slice(0, -1);
  const last =
    rows.length > MAX_NAMED ? `${String(rows.length - named.length)} more` : String(rows.at(-1));
  return `rows ${named.join(', ')} and ${last}`;
}
