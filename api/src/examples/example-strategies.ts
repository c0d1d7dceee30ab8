import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StrategySource } from '@quarry/contracts';

export interface ExampleStrategy {
  readonly name: string;
  readonly source: StrategySource;
}

/** Names that the folder's name does not spell. */
const names: Readonly<Record<string, string>> = {
  'sma-cross': 'SMA crossover',
  'rsi-reversion': 'RSI mean reversion',
  'donchian-breakout': 'Donchian breakout with ATR stop',
  'bollinger-reversion': 'Bollinger reversion with bracket',
};

/** The strategies that Quarry brings: each folder with a strategy.ts, its sources without their suites. */
export async function exampleStrategies(directory: string): Promise<ExampleStrategy[]> {
  const folders = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const read = folders
    .filter((folder) => folder.isDirectory())
    .map(async ({ name }): Promise<ExampleStrategy | null> => {
      const inside = await readdir(join(directory, name));
      const sources = inside.filter((file) => file.endsWith('.ts') && !/\.(spec|suite|d)\.ts$/.test(file)).sort();
      if (!sources.includes('strategy.ts')) return null;
      const files = await Promise.all(
        sources.map(async (file) => [file, await readFile(join(directory, name, file), 'utf8')] as const),
      );
      return { name: names[name] ?? spelled(name), source: { entry: 'strategy.ts', files: Object.fromEntries(files) } };
    });
  const examples = await Promise.all(read);
  return examples.filter((example) => example !== null);
}

/** `buy-and-hold` is "Buy and hold". */
function spelled(folder: string): string {
  const words = folder.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
