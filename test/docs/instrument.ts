import ts from 'typescript';

/** An output that a comment shows. */
export interface ShownOutput {
  line: number;
  comment: string;
}

interface Instrumented {
  source: string;
  shown: ShownOutput[];
}

/** How a comment begins that shows the value of an expression. */
const VALUE = /^(?:[[{\d'"]|-\d|(?:-?Infinity|NaN|true|false|null|undefined)\b)/;
const THROWS = 'throws ';

/**
 * Hands what a comment shows to a function, with the index i of the comment: what console.log or print would
 * print to `printed(i, …values)`, the value of another statement to `shown(i, value)`, and a statement that is
 * said to throw to `throws(i, run)`.
 */
export function instrument(source: string): Instrumented {
  const file = ts.createSourceFile('sample.ts', source, ts.ScriptTarget.ESNext, true);
  const shown: ShownOutput[] = [];
  const edits: { from: number; to: number; text: string }[] = [];

  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isExpressionStatement(node)) return;
    const comment = commentAfter(source, node.end);
    const [printed, isPrinted] = printedBy(node.expression);
    const isError = comment.startsWith(THROWS);
    if (comment === '' || !(isPrinted || isError || VALUE.test(comment))) return;
    const line = file.getLineAndCharacterOfPosition(node.end).line + 1;
    const i = shown.push({ line, comment: isError ? comment.slice(THROWS.length) : comment }) - 1;
    const call = isPrinted ? 'printed' : 'shown';
    const text = isError
      ? `throws(${String(i)}, () => ${node.expression.getText()})`
      : `${call}(${String(i)}, ${printed})`;
    edits.push({ from: node.getStart(), to: node.end, text: `${text};` });
  };
  visit(file);

  edits.sort((a, b) => b.from - a.from);
  const edited = edits.reduce(
    (text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to),
    source,
  );
  return { source: edited, shown };
}

/** What console.log(…) or ….print() prints; else the expression itself. */
function printedBy(expression: ts.Expression): [text: string, isPrinted: boolean] {
  if (ts.isCallExpression(expression) && ts.isPropertyAccessExpression(expression.expression)) {
    const { expression: object, name } = expression.expression;
    if (name.text === 'print' && expression.arguments.length === 0) return [object.getText(), true];
    if (object.getText() === 'console' && name.text === 'log') {
      return [expression.arguments.map((argument) => argument.getText()).join(', '), true];
    }
  }
  return [expression.getText(), false];
}

/** The comment on the rest of a line, with the lines below that continue it: '//' and two spaces or more. */
function commentAfter(source: string, end: number): string {
  const [first, ...lines] = source.slice(end).split('\n');
  const comment = /^\s*\/\/ ?(.*)$/.exec(first)?.[1];
  if (comment === undefined) return '';
  const length = lines.findIndex((line) => !/^\s*\/\/ {2}/.test(line));
  const more = lines.slice(0, length < 0 ? lines.length : length);
  return [comment, ...more.map((line) => line.replace(/^\s*\/\/ */, ''))].join('\n').trim();
}
