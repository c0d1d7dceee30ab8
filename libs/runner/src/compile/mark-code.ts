import ts from 'typescript';

/** The array in which code with marks writes down what ran: 1 at the index of each mark that was passed. */
export const ranName = '__ran';

/** Text put into a line of a source, which moves what stands behind it: line and column from 1. */
export interface Insertion {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** A source that writes down what of it ran. Its lines are where they were. */
export interface MarkedCode {
  readonly text: string;
  /** The line of each mark, from 1, in the order of their indices. */
  readonly lines: readonly number[];
  readonly insertions: readonly Insertion[];
}

/**
 * Puts a mark before each statement and each expression that may be passed over: branches of `?:`, what follows `&&`,
 * `||` and `??`, and the body of an arrow. Declarations of functions and types, and imports, do nothing, and have none.
 *
 * @param first the index of the first mark
 */
export function markCode(text: string, first = 0): MarkedCode {
  const file = ts.createSourceFile('strategy.ts', text, ts.ScriptTarget.ES2023, true);
  const lines: number[] = [];
  // In the order of the text: what stands around comes first where it opens, and last where it closes.
  const pieces: Piece[] = [];
  const mark = (node: ts.Node, [open, close]: readonly [open: string, close: string]): void => {
    const at = node.getStart(file);
    const index = first + lines.length;
    lines.push(file.getLineAndCharacterOfPosition(at).line + 1);
    pieces.push({ at, text: open.replace('#', `${ranName}[${index}]=1`) });
    ts.forEachChild(node, visit);
    if (close !== '') pieces.push({ at: node.end, text: close });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || isIdle(node)) return;
    const form = formOf(node);
    if (form) mark(node, form);
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return { text: withPieces(text, pieces), lines, insertions: pieces.map((piece) => insertionOf(file, piece)) };
}

interface Piece {
  readonly at: number;
  readonly text: string;
}

/** What a mark looks like before a node, and what closes it behind; null where the node has none. */
function formOf(node: ts.Node): readonly [open: string, close: string] | null {
  if (isSkippable(node)) return ['(#,', ')'];
  if (!ts.isStatement(node) || ts.isBlock(node) || ts.isFunctionDeclaration(node)) return null;
  const { parent } = node;
  if (ts.isSourceFile(parent) || ts.isBlock(parent) || ts.isModuleBlock(parent) || ts.isCaseOrDefaultClause(parent)) {
    return ['#;', ''];
  }
  // A label must stay with its loop.
  return ts.isLabeledStatement(parent) || ts.isModuleDeclaration(parent) ? null : ['{#;', '}'];
}

/** What does nothing by itself: imports, types, strings on their own as `'use strict'`. */
function isIdle(node: ts.Node): boolean {
  return (
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEmptyStatement(node) ||
    (ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression)) ||
    (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) ===
      true
  );
}

const mayPassOver = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** An expression that may be passed over though the statement that it is part of runs. */
function isSkippable(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isSourceFile(node) || ts.isBlock(node)) return false;
  if (ts.isArrowFunction(parent)) return parent.body === node;
  if (ts.isConditionalExpression(parent)) return parent.whenTrue === node || parent.whenFalse === node;
  return ts.isBinaryExpression(parent) && parent.right === node && mayPassOver.has(parent.operatorToken.kind);
}

function withPieces(text: string, pieces: readonly Piece[]): string {
  let at = 0;
  const parts = pieces.map((piece) => {
    const before = text.slice(at, piece.at);
    at = piece.at;
    return before + piece.text;
  });
  return parts.join('') + text.slice(at);
}

function insertionOf(file: ts.SourceFile, { at, text }: Piece): Insertion {
  const { line, character } = file.getLineAndCharacterOfPosition(at);
  return { line: line + 1, column: character + 1, length: text.length };
}
