import type { Output, ExecutedCell } from './ExecutedCell.ts';

/**
 * Converts a run to a Jupyter notebook, nbformat 4.5.
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
      const converted = mergeStreams(outputs.flatMap((output) => convert(output, count)));
      return { cell_type: kind, ...common, execution_count: count, outputs: converted };
    }),
    metadata: {
      // The metadata of tslab, a Jupyter kernel for TypeScript.
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

type NotebookOutput =
  | { output_type: 'stream'; name: 'stdout'; text: string[] }
  | { output_type: 'display_data'; data: object; metadata: object }
  | {
      output_type: 'execute_result';
      execution_count: number | null;
      data: object;
      metadata: object;
    };

function convert(output: Output, execution_count: number | null): NotebookOutput[] {
  const printed = (text: string): NotebookOutput => {
    return { output_type: 'stream', name: 'stdout', text: lines(`${text}\n`) };
  };
  if (output.kind === 'answer') return [printed(output.lines.join('\n'))];
  if (output.kind === 'claim') return [printed(output.text)];
  if (output.kind === 'chart') {
    const data = { 'image/svg+xml': lines(output.svg), 'text/plain': lines(output.title) };
    const metadata = { 'image/svg+xml': { alt: output.title } };
    // Printed as well, because notebook viewers do not show the title of an image.
    return [printed(`Chart: ${output.title}`), { output_type: 'display_data', data, metadata }];
  }
  const html = output.html === undefined ? {} : { 'text/html': lines(output.html) };
  const data = { ...html, 'text/plain': lines(output.text) };
  return [{ output_type: 'execute_result', execution_count, data, metadata: {} }];
}

/** Merges consecutive outputs on standard output into one, as Jupyter does. */
function mergeStreams(outputs: NotebookOutput[]): NotebookOutput[] {
  const all: NotebookOutput[] = [];
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

/** Splits text into lines that keep their newline, as nbformat stores them. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
