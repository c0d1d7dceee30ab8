import ts from 'typescript';
import type { Cell } from './cell.js';
import type { CellGraph } from './cell-graph.js';

/** First argument of the `console.debug` calls by which a module tells that a cell begins, and what it gave. */
export const cellBegins = '\u0001cell';
export const cellGives = '\u0001value';

/** A notebook as one TypeScript module, and the way back from its lines to the notebook's. */
export interface NotebookModule {
  readonly text: string;
  /** Where in the notebook a place of the module came from; lines and columns from 1. Null for lines of our own. */
  locate(line: number, column: number): { cell: number; line: number; column: number } | null;
}

interface Segment {
  readonly cell: number;
  /** Line of the module, from 1, on which the cell's text begins. */
  readonly from: number;
  readonly lines: number;
  readonly firstLine: number;
  /** Line within the cell and column after which text of ours was put in, or null. */
  readonly wrapped: { readonly line: number; readonly column: number; readonly added: number } | null;
}

/**
 * Joins the code cells in the order of the graph. Each begins with a call that names it; where its last statement is an
 * expression, a call tells its value. An import that an earlier cell has is left out. Lines stay lines.
 */
export function notebookModule(cells: readonly Cell[], graph: CellGraph): NotebookModule {
  const lines: string[] = [];
  const segments: Segment[] = [];
  const imported = new Set<string>();
  for (const index of graph.order) {
    const cell = cells[index]!;
    if (cell.kind !== 'code') continue;
    const { text, wrapped } = tellValue(withoutImports(cell.text, imported), index);
    const body = text.split('\n');
    lines.push(`console.debug(${JSON.stringify(cellBegins)}, ${index});`);
    segments.push({ cell: index, from: lines.length + 1, lines: body.length, firstLine: cell.firstLine, wrapped });
    lines.push(...body);
  }
  return {
    text: `${lines.join('\n')}\n`,
    locate(line, column) {
      const segment = segments.find(({ from, lines: count }) => line >= from && line < from + count);
      if (segment === undefined) return null;
      const within = line - segment.from;
      const shift = segment.wrapped?.line === within && column > segment.wrapped.column ? segment.wrapped.added : 0;
      return { cell: segment.cell, line: segment.firstLine + within, column: Math.max(1, column - shift) };
    },
  };
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('/cell.ts', text, ts.ScriptTarget.ESNext, true);
}

/** Takes out the imported names that are already there, without moving a line. */
function withoutImports(text: string, imported: Set<string>): string {
  let result = text;
  for (const statement of [...parse(text).statements].reverse()) {
    if (!ts.isImportDeclaration(statement)) continue;
    const kept = keptImport(statement, imported);
    if (kept === null) continue;
    const from = statement.getStart();
    const breaks = text.slice(from, statement.end).replace(/[^\n]/g, '');
    result = result.slice(0, from) + kept + breaks + result.slice(statement.end);
  }
  for (const statement of parse(text).statements) {
    if (ts.isImportDeclaration(statement)) for (const name of importedNames(statement)) imported.add(name);
  }
  return result;
}

/** The import with only what is new; null where all of it is, and where it names nothing. */
function keptImport(statement: ts.ImportDeclaration, imported: ReadonlySet<string>): string | null {
  const names = importedNames(statement);
  const fresh = names.filter((name) => !imported.has(name));
  if (fresh.length === names.length) return null;
  const clause = statement.importClause;
  const parts: string[] = [];
  if (clause?.name && fresh.includes(clause.name.text)) parts.push(clause.name.text);
  const bindings = clause?.namedBindings;
  if (bindings && ts.isNamedImports(bindings)) {
    const kept = bindings.elements.filter(({ name }) => fresh.includes(name.text)).map((element) => element.getText());
    if (kept.length > 0) parts.push(`{ ${kept.join(', ')} }`);
  } else if (bindings && ts.isNamespaceImport(bindings) && fresh.includes(bindings.name.text)) {
    parts.push(bindings.getText());
  }
  if (parts.length === 0) return '';
  const type = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type ' : '';
  return `import ${type}${parts.join(', ')} from ${statement.moduleSpecifier.getText()};`;
}

function importedNames({ importClause: clause }: ts.ImportDeclaration): string[] {
  const names = clause?.name ? [clause.name.text] : [];
  const bindings = clause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) names.push(bindings.name.text);
  if (bindings && ts.isNamedImports(bindings)) names.push(...bindings.elements.map(({ name }) => name.text));
  return names;
}

/** Puts a call around the cell's last expression, so that its value is told. */
function tellValue(text: string, index: number): { text: string; wrapped: Segment['wrapped'] } {
  const file = parse(text);
  const last = file.statements.at(-1);
  if (last === undefined || !ts.isExpressionStatement(last)) return { text, wrapped: null };
  const start = last.expression.getStart();
  const end = last.expression.end;
  const prefix = `console.debug(${JSON.stringify(cellGives)}, ${index}, (`;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return {
    text: `${text.slice(0, start)}${prefix}${text.slice(start, end)}));${text.slice(end).replace(/^\s*;/, '')}`,
    wrapped: { line, column: character, added: prefix.length },
  };
}
