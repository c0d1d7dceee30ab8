import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import ts from 'typescript';
import type { Diagnostic, StrategySource } from '@quarry/contracts';
import { importDiagnostics } from './import-diagnostics.js';
import { resolveImport } from './import-rule.js';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  types: [],
};

const strategyRoot = '/strategy/';
const libraryRoot = '/lib/';
const engineFile = '/engine/index.d.ts';

/** Of a type error's many lines no more than this is of use to a person. */
const maxMessage = 2000;
const maxDiagnostics = 100;

/** Checks strategies against the engine's types. What does not change between them is parsed once. */
export class TypeChecker {
  readonly #engineTypes: string;
  readonly #libraries = dirname(createRequire(import.meta.url).resolve('typescript'));
  readonly #parsed = new Map<string, ts.SourceFile>();

  constructor(engineTypes: string) {
    this.#engineTypes = engineTypes;
  }

  check(source: StrategySource): Diagnostic[] {
    const refused = importDiagnostics(source).slice(0, maxDiagnostics);
    const host = this.#host(source);
    const roots = Object.keys(source.files).map((path) => strategyRoot + path);
    const program = ts.createProgram({ rootNames: roots, options, host });

    const found: Diagnostic[] = [...refused];
    for (const path of Object.keys(source.files)) {
      const file = program.getSourceFile(strategyRoot + path);
      if (!file) continue;
      const all = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      for (const diagnostic of all) {
        if (found.length >= maxDiagnostics) return found;
        const described = describe(diagnostic, path, file);
        // Imports were answered above, with a sentence that says what may stand there.
        if (
          !refused.some((known) => known.file === path && known.line === described.line && overlaps(known, described))
        ) {
          found.push(described);
        }
      }
    }
    if (found.length === 0 && !exportsDefault(program, strategyRoot + source.entry))
      found.push(noDefaultExport(source.entry));
    return found;
  }

  /** A file system that holds the strategy, the engine's types and the language's library, and nothing else. */
  #host(source: StrategySource): ts.CompilerHost {
    const read = (name: string): string | undefined => {
      if (name.startsWith(strategyRoot)) {
        const path = name.slice(strategyRoot.length);
        return Object.hasOwn(source.files, path) ? source.files[path] : undefined;
      }
      if (name === engineFile) return this.#engineTypes;
      return name.startsWith(libraryRoot) ? this.#library(name.slice(libraryRoot.length)) : undefined;
    };
    return {
      fileExists: (name) => read(name) !== undefined,
      readFile: read,
      directoryExists: () => false,
      getDirectories: () => [],
      getSourceFile: (name, languageVersion) => this.#sourceFile(name, read, languageVersion),
      getDefaultLibFileName: () => `${libraryRoot}lib.es2023.d.ts`,
      getDefaultLibLocation: () => libraryRoot.slice(0, -1),
      writeFile: () => undefined,
      getCurrentDirectory: () => strategyRoot,
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      resolveModuleNameLiterals: (literals, containing) =>
        literals.map(({ text }) => ({ resolvedModule: resolved(text, containing, source) })),
      resolveTypeReferenceDirectiveReferences: (references) =>
        references.map(() => ({ resolvedTypeReferenceDirective: undefined })),
    };
  }

  #library(name: string): string | undefined {
    if (!/^lib\.(es5|decorators(\.legacy)?|es20(1[5-9]|2[0-3])(\.[a-z.]+)?)\.d\.ts$/.test(name)) return undefined;
    try {
      return readFileSync(join(this.#libraries, name), 'utf8');
    } catch {
      return undefined;
    }
  }

  #sourceFile(
    name: string,
    read: (name: string) => string | undefined,
    languageVersion: ts.ScriptTarget | ts.CreateSourceFileOptions,
  ): ts.SourceFile | undefined {
    const known = this.#parsed.get(name);
    if (known) return known;
    const text = read(name);
    if (text === undefined) return undefined;
    const parsed = ts.createSourceFile(name, text, languageVersion);
    if (!name.startsWith(strategyRoot)) this.#parsed.set(name, parsed);
    return parsed;
  }
}

function resolved(specifier: string, containing: string, source: StrategySource): ts.ResolvedModuleFull | undefined {
  if (!containing.startsWith(strategyRoot)) return undefined;
  const target = resolveImport(specifier, containing.slice(strategyRoot.length), source.files);
  if (target.kind === 'engine') return { resolvedFileName: engineFile, extension: ts.Extension.Dts };
  if (target.kind === 'file') return { resolvedFileName: strategyRoot + target.path, extension: ts.Extension.Ts };
  return undefined;
}

function describe(diagnostic: ts.Diagnostic, path: string, file: ts.SourceFile): Diagnostic {
  const start = diagnostic.start ?? 0;
  const from = file.getLineAndCharacterOfPosition(start);
  const to = file.getLineAndCharacterOfPosition(start + (diagnostic.length ?? 0));
  return {
    file: path,
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
    severity: diagnostic.category === ts.DiagnosticCategory.Error ? 'error' : 'warning',
    code: `TS${diagnostic.code}`,
    message: messageOf(diagnostic).slice(0, maxMessage),
  };
}

/** Codes whose message advises to install or configure something, which nobody can do for a strategy. */
const missingNames = new Set([2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593]);

function messageOf({ code, messageText }: ts.Diagnostic): string {
  const message = ts.flattenDiagnosticMessageText(messageText, '\n');
  if (!missingNames.has(code)) return message;
  const name = /'([^']+)'/.exec(message)?.[1] ?? 'that';
  return `There is no "${name}" in a strategy: it has the language (ES2023), console, and what it imports from "@quarry/engine".`;
}

function overlaps(a: Diagnostic, b: Diagnostic): boolean {
  return b.column < a.endColumn && a.column < b.endColumn;
}

function exportsDefault(program: ts.Program, entry: string): boolean {
  const file = program.getSourceFile(entry);
  const module = file && program.getTypeChecker().getSymbolAtLocation(file);
  return module?.exports?.has(ts.InternalSymbolName.Default) ?? false;
}

function noDefaultExport(entry: string): Diagnostic {
  const message = 'The entry file must export its strategy as default: export default defineStrategy({ … }).';
  return {
    file: entry,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    severity: 'error',
    code: 'no-default-export',
    message,
  };
}
