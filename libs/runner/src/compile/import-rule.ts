import { posix } from 'node:path';

/** The one package a strategy may import. */
const enginePackage = '@quarry/engine';

/** What an import in a strategy's file leads to: the engine, one of its own files, or nothing that it may have. */
export type ImportTarget =
  { readonly kind: 'engine' } | { readonly kind: 'file'; readonly path: string } | { readonly kind: 'refused' };

/** Resolves an import among the strategy's own files: `./signals.js`, `./signals.ts` and `./signals` are one file. */
export function resolveImport(
  specifier: string,
  importer: string,
  files: Readonly<Record<string, string>>,
): ImportTarget {
  if (specifier === enginePackage) return { kind: 'engine' };
  if (!/^\.{1,2}\//.test(specifier)) return { kind: 'refused' };

  const path = posix.normalize(posix.join(posix.dirname(importer), specifier));
  for (const candidate of [path, path.replace(/\.js$/, '.ts'), `${path}.ts`]) {
    if (candidate.endsWith('.ts') && Object.hasOwn(files, candidate)) return { kind: 'file', path: candidate };
  }
  return { kind: 'refused' };
}

/** Why an import was refused, and what may stand in its place. */
export function importRefusal(specifier: string): string {
  const own = /^\.{1,2}\//.test(specifier) ? 'is not one of its files' : 'is out of its reach';
  return `A strategy cannot import "${specifier}", which ${own}: it may import "${enginePackage}" and its own files, such as "./signals.js".`;
}

export const dynamicImportRefusal = `A strategy cannot load modules while it runs: import "${enginePackage}" and its own files at the top of the file.`;
