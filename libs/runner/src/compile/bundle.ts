import { build, type BuildFailure, type Message, type Plugin } from 'esbuild';
import type { Diagnostic, StrategySource } from '@quarry/contracts';
import { importRefusal, resolveImport } from './import-rule.js';
import { markCode, ranName, type Insertion } from './mark-code.js';

/** A strategy as one script: an expression whose value is a function of the engine and of what takes the strategy. */
export interface Script {
  readonly code: string;
  /** Source map, version 3; its sources are the strategy's own files. */
  readonly map: string;
  /** Whether it names something of the engine's library, which the guest then must have. */
  readonly library: boolean;
  /** Where it writes down what of it ran; null where it does not. */
  readonly marks: ScriptMarks | null;
}

export interface ScriptMarks {
  /** File and line of each mark, in the order of their indices. */
  readonly places: readonly (readonly [file: string, line: number])[];
  /** What the marks added to each file. */
  readonly insertions: Readonly<Record<string, readonly Insertion[]>>;
}

/** The names that a strategy may import: those that a guest has from the start, and those of the library. */
export interface EngineExports {
  readonly core: readonly string[];
  readonly library: readonly string[];
}

const engineName = '__engine';
const exportName = '__export';
const reading = /\b__engine\.(\w+)/g;

/**
 * Puts a strategy's files into one script. Nothing outside of them and the engine's exports can get in.
 *
 * @param marked whether the script is to write down what of it ran
 */
export async function bundleStrategy(
  source: StrategySource,
  engineExports: EngineExports,
  marked = false,
): Promise<Script | Diagnostic[]> {
  const marks = marked ? new Marks() : null;
  try {
    const { outputFiles } = await build({
      entryPoints: ['quarry'],
      bundle: true,
      write: false,
      outfile: 'strategy.js',
      sourcemap: 'external',
      sourcesContent: false,
      format: 'esm',
      platform: 'neutral',
      target: 'es2023',
      supported: { 'top-level-await': false, 'dynamic-import': true, 'import-meta': false },
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
      tsconfigRaw: { compilerOptions: { strict: true } },
      banner: { js: `(function(${engineName},${exportName},${ranName}){"use strict";` },
      footer: { js: '})' },
      plugins: [onlyOwnFiles(source, engineExports, marks)],
    });
    const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
    const code = text('.js');
    return { code, map: text('.map'), library: namesAny(code, engineExports.library), marks: marks?.found ?? null };
  } catch (error) {
    if (error instanceof Error && 'errors' in error)
      return (error as BuildFailure).errors.map((message) => describe(message, source));
    throw error;
  }
}

/** Marks the files of a strategy as they are read, one after the other. */
class Marks {
  readonly #places: (readonly [file: string, line: number])[] = [];
  readonly #insertions: Record<string, readonly Insertion[]> = {};

  get found(): ScriptMarks {
    return { places: this.#places, insertions: this.#insertions };
  }

  put(file: string, source: string): string {
    const { text, lines, insertions } = markCode(source, this.#places.length);
    this.#places.push(...lines.map((line) => [file, line] as const));
    this.#insertions[file] = insertions;
    return text;
  }
}

/** The bundler has left out what the strategy does not import; what is left is read off the engine. */
function namesAny(code: string, names: readonly string[]): boolean {
  const known = new Set(names);
  return Array.from(code.matchAll(reading)).some(([, name = '']) => known.has(name));
}

function onlyOwnFiles({ entry, files }: StrategySource, { core, library }: EngineExports, marks: Marks | null): Plugin {
  return {
    name: 'only-own-files',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, importer, kind, namespace }) => {
        if (kind === 'entry-point') return { path: 'start', namespace: 'start' };
        if (namespace === 'start') return { path: entry, namespace: 'strategy' };
        const target =
          kind === 'import-statement' ? resolveImport(path, importer, files) : { kind: 'refused' as const };
        if (target.kind === 'engine') return { path: 'engine', namespace: 'engine' };
        if (target.kind === 'file') return { path: target.path, namespace: 'strategy' };
        return { errors: [{ text: importRefusal(path) }] };
      });
      onLoad({ filter: /.*/, namespace: 'start' }, () => ({
        contents: `import strategy from ${JSON.stringify(entry)};${exportName}(strategy);`,
        loader: 'js',
      }));
      onLoad({ filter: /.*/, namespace: 'engine' }, () => ({
        contents: [...core, ...library]
          .map((name) => `export const ${name} = /* @__PURE__ */ (() => ${engineName}.${name})();`)
          .join(''),
        loader: 'js',
      }));
      onLoad({ filter: /.*/, namespace: 'strategy' }, ({ path }) => ({
        contents: withoutSourceMap(marks?.put(path, files[path] ?? '') ?? files[path] ?? ''),
        loader: 'ts',
      }));
    },
  };
}

/** A comment that names a source map would have the bundler read that file, wherever it lies. Positions stay as they are. */
function withoutSourceMap(text: string): string {
  return text.replaceAll('sourceMappingURL', 'sourceMappingOff');
}

function describe({ text, location }: Message, { entry }: StrategySource): Diagnostic {
  const line = location?.line ?? 1;
  const column = (location?.column ?? 0) + 1;
  return {
    file: location?.file.replace(/^strategy:/, '') ?? entry,
    line,
    column,
    endLine: line,
    endColumn: column + (location?.length ?? 0),
    severity: 'error',
    code: 'bundle',
    message: text,
  };
}
