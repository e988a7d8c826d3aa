/** Numbers, words, and single characters. White space separates them and is of no other account. */
const TOKEN = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|[\p{L}_$][\p{L}\d_$]*|\S/giu;

/** What may follow the shown output: ', and words', ': a remark', ' (a remark)'. */
const REMARK = /^(?:, (?=\p{L})|: | \()/u;

/**
 * Whether a comment shows this output, and after it nothing or a remark.
 *
 * A number that the comment gives with three decimals or more is compared to that many decimals. Any
 * other must be equal to within the rounding of float32.
 */
export function matchOutput(output: string, comment: string): boolean {
  const rest = afterOutput(output, comment);
  return rest !== undefined && (rest === '' || REMARK.test(rest));
}

/** Whether a comment shows this error message: whole, or up to '…'. */
export function matchError(message: string, comment: string): boolean {
  if (!comment.endsWith('…')) return afterOutput(message, comment) === '';
  return (
    afterOutput(comment.slice(0, -1), message, (part, whole) => areEqual(whole, part)) !== undefined
  );
}

/** What `text` goes on with after the tokens of `part`, or undefined if it does not begin with them. */
function afterOutput(part: string, text: string, equal = areEqual): string | undefined {
  const tokens = [...text.matchAll(TOKEN)];
  const wanted = Array.from(part.matchAll(TOKEN), ([token]) => token);
  if (wanted.length > tokens.length) return undefined;
  if (!wanted.every((token, i) => equal(token, tokens[i][0]))) return undefined;
  const last = wanted.length === 0 ? undefined : tokens[wanted.length - 1];
  return text.slice(last ? last.index + last[0].length : 0).trimEnd();
}

function areEqual(found: string, shown: string): boolean {
  const [a, b] = [Number(found), Number(shown)];
  if (found === shown || Number.isNaN(a) || Number.isNaN(b)) return found === shown;
  const decimals = /^-?\d+\.(\d{3,})$/.exec(shown)?.[1].length;
  const rounding = 1e-6 * Math.max(Math.abs(a), Math.abs(b));
  return Math.abs(a - b) <= (decimals === undefined ? rounding : 0.5001 * 10 ** -decimals);
}
