import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetInfo, SeriesInfo } from '@quarry/contracts';
import type { LocalDataset } from '../runner.js';
import { makeDividends } from './make-dividends.js';
import { makeMinutes } from './make-minutes.js';
import { makeStocks } from './make-stocks.js';
import { makeSp500 } from './make-sp500.js';
import { publishFolder, readDataset, workFolder } from './store.js';

const builtinNames = ['sp500', 'minutes', 'stocks', 'dividends'] as const;
export type BuiltinName = (typeof builtinNames)[number];

export function isBuiltin(name: string): name is BuiltinName {
  return (builtinNames as readonly string[]).includes(name);
}

/** datasets/<name>/dataset.json of the repository: what a dataset that Quarry brings is, and what making it must yield. */
const Description = DatasetInfo.pick({
  name: true,
  stamp: true,
  timezone: true,
  calendar: true,
  prices: true,
  source: true,
  licence: true,
}).extend(
  SeriesInfo.pick({ interval: true, rows: true, hash: true }).extend({ symbol: SeriesInfo.shape.symbol.optional() })
    .shape,
);
export type Description = ReturnType<typeof Description.parse>;

const makers = {
  sp500: makeSp500,
  minutes: makeMinutes,
  stocks: makeStocks,
  dividends: makeDividends,
} satisfies Record<BuiltinName, (work: string, description: Description) => Promise<DatasetInfo>>;

/** A dataset that Quarry brings, made in `directory` on first use. What was made must have the described hash. */
export async function openBuiltin(name: BuiltinName, directory: string): Promise<LocalDataset> {
  const into = join(directory, name);
  const description = await describe(name);
  const standing = await readDataset(into).catch(() => null);
  if (standing && hashOf(standing.info) === description.hash) return standing;
  await rm(into, { recursive: true, force: true });

  const work = workFolder(into);
  try {
    const made = await makers[name](work, description);
    if (hashOf(made) !== description.hash) {
      throw new Error(`Dataset ${name} came out as ${hashOf(made)}, not as ${description.hash}.`);
    }
    await publishFolder(work, into);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return (await readDataset(into))!;
}

/** Of the one series that a dataset has; of the version where it has several. */
function hashOf({ series, version }: DatasetInfo): string {
  return series.length === 1 ? series[0]!.hash : version;
}

async function describe(name: BuiltinName): Promise<Description> {
  const file = new URL(`../../../../datasets/${name}/dataset.json`, import.meta.url);
  return Description.parse(JSON.parse(await readFile(file, 'utf8')));
}
