import type { Output, ExecutedCell } from './ExecutedCell.ts';

/**
 * A run as a Jupyter notebook, nbformat 4.5: prose, code with its number, and what it showed.
 *
 * @see https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export function toIpynb(cells: ExecutedCell[]): string {
  const notebook = {
    cells: cells.map(({ kind, source, count, outputs }, i) => {
      const common = {
        id: `cell-${String(i + 1)}`,
        metadata: {},
        source: lines(source.join('\n')),
      };
      if (kind === 'markdown') return { cell_type: kind, ...common };
      const shown = outputs.flatMap((output) => asOutputs(output, count));
      return { cell_type: kind, ...common, execution_count: count, outputs: joined(shown) };
    }),
    metadata: {
      // As tslab, a kernel for TypeScript, describes itself.
      kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' },
      language_info: {
        codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
        file_extension: '.ts',
        mimetype: 'text/typescript',
        name: 'typescript',
        pygments_lexer: 'typescript',
      },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

type Shown =
  | { output_type: 'stream'; name: 'stdout'; text: string[] }
  | { output_type: 'display_data'; data: object; metadata: object }
  | {
      output_type: 'execute_result';
      execution_count: number | null;
      data: object;
      metadata: object;
    };

function asOutputs(output: Output, execution_count: number | null): Shown[] {
  const printed = (text: string): Shown => {
    return { output_type: 'stream', name: 'stdout', text: lines(`${text}\n`) };
  };
  if (output.kind === 'claim') return [printed(output.text)];
  if (output.kind === 'chart') {
    const data = { 'image/svg+xml': lines(output.svg), 'text/plain': lines(output.title) };
    const metadata = { 'image/svg+xml': { alt: output.title } };
    // The title is printed, too: what shows an image does not show it.
    return [printed(`Chart: ${output.title}`), { output_type: 'display_data', data, metadata }];
  }
  const html = output.html === undefined ? {} : { 'text/html': lines(output.html) };
  const data = { ...html, 'text/plain': lines(output.text) };
  return [{ output_type: 'execute_result', execution_count, data, metadata: {} }];
}

/** Lines on standard output that follow one another are one output. */
function joined(outputs: Shown[]): Shown[] {
  const all: Shown[] = [];
  for (const output of outputs) {
    const last = all.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream') {
      last.text.push(...output.text);
    } else {
      all.push(output);
    }
  }
  return all;
}

/** nbformat's text: a list of lines, each with its end. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
