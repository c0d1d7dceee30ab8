import { readFileSync } from 'node:fs';
import type { FailureCode, StrategySource } from '@quarry/contracts';

/** Where a block of hostile code stands in a strategy; `module` is a whole file. */
const places = ['module', 'top', 'init', 'next'] as const;
type Place = (typeof places)[number];

export interface HostileStrategy {
  readonly name: string;
  readonly source: StrategySource;
  /** How its run may end. */
  readonly ends: readonly (FailureCode | 'succeeds')[];
}

const start = `// @ts-nocheck\n`;
const engine = `import * as q from '@quarry/engine';\n`;

/** The hostile strategies of one class, read from the folder `hostile`, whose README tells the format. */
export function hostileStrategies(group: string): HostileStrategy[] {
  const text = readFileSync(new URL(`../../hostile/${group}.txt`, import.meta.url), 'utf8');
  return text
    .split(/^\/\/ %% /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n');
      const [name = '', place = '', ends = ''] = block
        .slice(0, end)
        .split('|')
        .map((part) => part.trim());
      if (!places.some((known) => known === place))
        throw new Error(`"${name}" stands in the unknown place "${place}".`);
      const code = wrapped(block.slice(end + 1), place as Place);
      return {
        name,
        source: { entry: 'main.ts', files: { 'main.ts': code } },
        ends: ends.split(' ') as HostileStrategy['ends'],
      };
    });
}

function wrapped(code: string, place: Place): string {
  switch (place) {
    case 'module':
      return `${start}${code}`;
    case 'top':
      return `${start}${engine}${code}\nexport default q.defineStrategy({ name: 'h', next() {} });\n`;
    case 'init':
      return `${start}${engine}export default q.defineStrategy({ name: 'h', init(t) {\n${code}\n}, next() {} });\n`;
    case 'next':
      return `${start}${engine}export default q.defineStrategy({ name: 'h', init: ({ bars }) => ({ a: q.sma(bars.close, 5) }), next(t, s) {\n${code}\n} });\n`;
  }
}
