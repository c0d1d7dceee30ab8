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

export interface HostileBlock extends Pick<HostileStrategy, 'name' | 'ends'> {
  readonly place: Place;
  readonly code: string;
}

const start = `// @ts-nocheck\n`;
const engine = `import * as q from '@quarry/engine';\n`;

/** The hostile strategies of one class. */
export function hostileStrategies(group: string): HostileStrategy[] {
  return hostileBlocks(group).map(({ name, place, code, ends }) => ({ name, source: placed(code, place), ends }));
}

/** The blocks of hostile code of one class, read from the folder `hostile`, whose README tells the format. */
export function hostileBlocks(group: string): HostileBlock[] {
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
      return {
        name,
        place: place as Place,
        code: block.slice(end + 1),
        ends: ends.split(' ') as HostileStrategy['ends'],
      };
    });
}

/** A strategy with this code in that place. */
export function placed(code: string, place: Place): StrategySource {
  return { entry: 'main.ts', files: { 'main.ts': `${start}${around(code, place)}` } };
}

function around(code: string, place: Place): string {
  switch (place) {
    case 'module':
      return code;
    case 'top':
      return `${engine}${code}\nexport default q.defineStrategy({ name: 'h', next() {} });\n`;
    case 'init':
      return `${engine}export default q.defineStrategy({ name: 'h', init(t) {\n${code}\n}, next() {} });\n`;
    case 'next':
      return `${engine}export default q.defineStrategy({ name: 'h', init: ({ bars }) => ({ a: q.sma(bars.close, 5) }), next(t, s) {\n${code}\n} });\n`;
  }
}
