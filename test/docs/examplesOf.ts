import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './pages.ts';
import type { SampleProgram } from './SampleProgram.ts';

/**
 * The examples in the docstring of what a module exports under this name.
 *
 * @param file the path of the module in the repository; re-exports are followed.
 * @param prelude one line of imports, to stand above each example.
 */
export function examplesOf(name: string, file: string, prelude: string): SampleProgram[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const from = source.statements
    .filter(ts.isExportDeclaration)
    .find((statement) => exportedNames(statement).includes(name))?.moduleSpecifier;
  if (from && ts.isStringLiteral(from)) {
    return examplesOf(name, join(dirname(file), from.text), prelude);
  }
  return source.statements
    .filter((statement) => declaredNames(statement).includes(name))
    .flatMap((statement) => ts.getJSDocTags(statement))
    .filter(({ tagName }) => tagName.text === 'example')
    .map((tag) => {
      const above = source.getLineAndCharacterOfPosition(tag.tagName.end).line;
      const body = text.slice(tag.tagName.end, tag.end).replace(/^\s*\*(?: |$|\/$)/gm, '');
      return { file, source: prelude + '\n'.repeat(above) + body };
    });
}

function exportedNames({ exportClause }: ts.ExportDeclaration): string[] {
  if (!exportClause || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.map((element) => element.name.text);
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return statement.name ? [statement.name.text] : [];
  }
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.map(({ name }) => name.getText());
}
