import ts from 'typescript';
import type { Cell } from './cell.js';

/** One name that a cell brings in from a module. */
export interface ImportedName {
  readonly name: string;
  /** Module and the name there, as `@quarry/engine#sma`; equal origins are the same thing. */
  readonly origin: string;
}

/** The names at the top of a code cell: what it makes, what it needs and what it writes to. Each list sorted. */
export interface CellNames {
  readonly declares: readonly string[];
  readonly imports: readonly ImportedName[];
  /** Free names, known to no scope of the cell: other cells' or the language's own. */
  readonly references: readonly string[];
  /** Free names that the cell assigns to. */
  readonly assigns: readonly string[];
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  noLib: true,
  noResolve: true,
  types: [],
};

/** Reads the names of all code cells with TypeScript's own binder, each cell a module of its own. Other cells have none. */
export function namesOfCells(cells: readonly Cell[]): CellNames[] {
  const files = new Map(
    cells.map((cell) => {
      // The export makes the cell a module, so that no name of another cell is in its scope.
      const text = `${cell.kind === 'code' ? cell.text : ''}\nexport {};`;
      return [fileName(cell), ts.createSourceFile(fileName(cell), text, ts.ScriptTarget.ESNext, true)];
    }),
  );
  const checker = ts.createProgram([...files.keys()], options, hostOf(files)).getTypeChecker();
  return cells.map((cell) => namesOf(files.get(fileName(cell))!, checker));
}

function fileName(cell: Cell): string {
  return `/cell-${cell.index}.ts`;
}

/** A compiler host that knows the cells and nothing else: no disk, no library. */
function hostOf(files: ReadonlyMap<string, ts.SourceFile>): ts.CompilerHost {
  return {
    getSourceFile: (name) => files.get(name),
    fileExists: (name) => files.has(name),
    readFile: (name) => files.get(name)?.text,
    writeFile: () => undefined,
    getDefaultLibFileName: () => '/lib.d.ts',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
}

function namesOf(file: ts.SourceFile, checker: ts.TypeChecker): CellNames {
  const references = new Set<string>();
  const assigns = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isUse(node) && !isBound(node, checker)) {
      references.add(node.text);
      if (isAssigned(node)) assigns.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  const imports = file.statements.flatMap(importsOf);
  const declares = new Set(file.statements.flatMap(declaredBy));
  return {
    declares: [...declares].sort(),
    imports: imports.sort((a, b) => (a.name < b.name ? -1 : 1)),
    references: [...references].sort(),
    assigns: [...assigns].sort(),
  };
}

/** Whether an identifier stands for a variable or type, rather than for a member, a label or a declaration. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isExportSpecifier(parent)) return (parent.propertyName ?? parent.name) === node;
  if (ts.isShorthandPropertyAssignment(parent) || ts.isExportAssignment(parent)) return true;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent) || ts.isMetaProperty(parent)) return false;
  if (ts.isNamedTupleMember(parent) || ts.isImportSpecifier(parent) || ts.isImportClause(parent)) return false;
  if (ts.isTypePredicateNode(parent) || ts.isJSDoc(parent)) return false;
  return !('name' in parent && parent.name === node);
}

function isBound(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent) !== undefined;
  if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent) !== undefined;
  return checker.getSymbolAtLocation(node) !== undefined;
}

function isAssigned(node: ts.Identifier): boolean {
  let target: ts.Node = node;
  // Out of a destructuring pattern, such as `[a, { b }] = …`, to the assignment itself.
  while (isPatternPart(target.parent, target)) target = target.parent;
  const { parent } = target;
  if (ts.isBinaryExpression(parent)) {
    const operator = parent.operatorToken.kind;
    return (
      parent.left === target && operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment
    );
  }
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  }
  return (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === target;
}

function isPatternPart(parent: ts.Node, child: ts.Node): boolean {
  return (
    ts.isParenthesizedExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isSpreadAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === child)
  );
}

/** The names that a statement at the top of a cell gives to the others. */
function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundBy(name));
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  ) {
    return statement.name === undefined ? [] : [statement.name.text];
  }
  return ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)
    ? [statement.name.text]
    : [...hoistedVars(statement)];
}

/** `var` inside a block belongs to the cell, not to the block. */
function* hoistedVars(node: ts.Node): Generator<string> {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
  if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
    for (const { name } of node.declarations) yield* boundBy(name);
  }
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* hoistedVars(child);
}

function boundBy(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundBy(element.name) : []));
}

function importsOf(statement: ts.Statement): ImportedName[] {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
  const module = statement.moduleSpecifier.text;
  const clause = statement.importClause;
  const found: ImportedName[] = [];
  if (clause?.name) found.push({ name: clause.name.text, origin: `${module}#default` });
  const bindings = clause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) found.push({ name: bindings.name.text, origin: `${module}#*` });
  if (bindings && ts.isNamedImports(bindings)) {
    for (const { name, propertyName } of bindings.elements) {
      found.push({ name: name.text, origin: `${module}#${(propertyName ?? name).text}` });
    }
  }
  return found;
}
