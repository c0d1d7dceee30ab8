import ts from 'typescript';
import type { Diagnostic, StrategySource } from '@quarry/contracts';
import { dynamicImportRefusal, importRefusal, resolveImport } from './import-rule.js';

/** Every import of a strategy that leads out of it, in each of the ways the language has to write one. */
export function importDiagnostics(source: StrategySource): Diagnostic[] {
  return Object.entries(source.files).flatMap(([path, text]) => refusedImports(path, text, source.files));
}

function refusedImports(path: string, text: string, files: StrategySource['files']): Diagnostic[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023);
  const found: Diagnostic[] = [];
  const refuse = (node: ts.Node, message: string): void => {
    const from = file.getLineAndCharacterOfPosition(node.getStart(file));
    const to = file.getLineAndCharacterOfPosition(node.end);
    found.push({
      file: path,
      line: from.line + 1,
      column: from.character + 1,
      endLine: to.line + 1,
      endColumn: to.character + 1,
      severity: 'error',
      code: 'import-refused',
      message,
    });
  };

  // A stack of our own: sources nest deeper than the call stack is.
  const waiting: ts.Node[] = [file];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const specifier = specifierOf(node);
    if (specifier && resolveImport(specifier.text, path, files).kind === 'refused') {
      refuse(specifier, importRefusal(specifier.text));
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      refuse(node, dynamicImportRefusal);
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    waiting.push(...children.reverse());
  }
  return found;
}

/** The module that a node names: import and export declarations, `import x = require('…')`, `import('…')` types, `require('…')`. */
function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return literal(node.expression);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require') {
    return literal(node.arguments[0]);
  }
  return undefined;
}

function literal(node: ts.Node | undefined): ts.StringLiteralLike | undefined {
  return node && ts.isStringLiteralLike(node) ? node : undefined;
}
