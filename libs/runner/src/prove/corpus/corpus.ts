import { readFileSync } from 'node:fs';
import type { StrategySource } from '@quarry/contracts';

/** What a case is: a strategy that looks ahead, one that only looks as if it did, one that tries to and cannot. */
export const corpusKinds = ['leaks', 'clean', 'refused'] as const;
type CorpusKind = (typeof corpusKinds)[number];

export interface CorpusCase {
  readonly kind: CorpusKind;
  readonly name: string;
  /** `walk`, `hours` or `universe`, and the columns that its data have beside prices. */
  readonly market: string;
  readonly columns: readonly string[];
  readonly source: StrategySource;
}

/**
 * The cases of a kind, read from the folder `proofs`. A case is a line `// %% name | market | columns` and what
 * `defineStrategy` takes beside a name; or a whole file, where it begins with an import.
 */
export function corpusCases(kind: CorpusKind): CorpusCase[] {
  const text = readFileSync(new URL(`../../../proofs/${kind}.txt`, import.meta.url), 'utf8');
  return text
    .split(/^\/\/ %% /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n');
      const [name = '', market = '', columns = ''] = block
        .slice(0, end)
        .split('|')
        .map((part) => part.trim());
      const code = block.slice(end + 1);
      const whole = code.startsWith('import ')
        ? code
        : `import * as q from '@quarry/engine';\nexport default q.defineStrategy({ name: ${JSON.stringify(name)},\n${code}\n});\n`;
      const files = { 'main.ts': `// @ts-nocheck\n${whole}` };
      return { kind, name, market, columns: columns.split(' ').filter(Boolean), source: { entry: 'main.ts', files } };
    });
}
