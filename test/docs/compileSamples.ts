import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './pages.ts';
import type { SampleProgram } from './SampleProgram.ts';

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  paths: {
    'tfjs-topk-grad': [join(ROOT, 'src/index.ts')],
    'tfjs-topk-grad/layers': [join(ROOT, 'src/layers/index.ts')],
  },
};

/** Type-checks all of the programs at once. For each its errors, as 'docs/ties.md:12: Cannot find …'. */
export function compileSamples(samples: SampleProgram[]): string[][] {
  const files = new Map(
    samples.map(({ file, source }, i) => [join(ROOT, `${file}.${String(i)}.ts`), source]),
  );
  const disk = ts.createCompilerHost(OPTIONS);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => files.has(path) || disk.fileExists(path),
    readFile: (path) => files.get(path) ?? disk.readFile(path),
    getSourceFile(path, language) {
      const source = files.get(path);
      if (source === undefined) return disk.getSourceFile(path, language);
      return ts.createSourceFile(path, source, language);
    },
  };
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  return [...files.keys()].map((path, i) => {
    const file = program.getSourceFile(path);
    const diagnostics = [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ];
    return diagnostics.map(({ messageText, start = 0 }) => {
      const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
      const message = ts.flattenDiagnosticMessageText(messageText, '\n');
      return `${samples[i].file}:${String(line)}: ${message}`;
    });
  });
}
