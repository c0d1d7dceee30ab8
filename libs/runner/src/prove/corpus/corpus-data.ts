import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom, type Bars } from '@quarry/engine/host';
import { openDataset } from '../../datasets/index.js';
import type { LocalDataset } from '../../runner.js';
import { recipes } from './recipes.js';

const day = 86_400e6;
const markets = {
  walk: { bars: 1500, step: day },
  hours: { bars: 2400, step: day / 24 },
} as const;
/** Symbols of the universe and the share of the bars after which each is listed. */
const listings = [
  ['ALPHA', 0],
  ['BETA', 0],
  ['GAMMA', 0.4],
  ['DELTA', 0.7],
] as const;

/** The dataset of a case: a generated market with the columns that it names, as a CSV that is ingested. */
export async function corpusData(market: string, columns: readonly string[], folder: string): Promise<LocalDataset> {
  const file = join(folder, `${[market, ...columns].join('-')}.csv`);
  await writeFile(
    file,
    market === 'universe'
      ? universe()
      : market === 'shifted'
        ? shifted()
        : oneMarket(market as keyof typeof markets, columns),
  );
  const dataset = await openDataset(file, join(folder, 'datasets'));
  if ('code' in dataset) throw new Error(`${file}: ${dataset.message}`);
  return dataset;
}

export function optionsOf(market: string): { readonly symbols?: 'all' } {
  return market === 'universe' || market === 'shifted' ? { symbols: 'all' } : {};
}

/** The bars of a market with one symbol. */
export function marketBars(market: keyof typeof markets): Bars {
  const { bars, step } = markets[market];
  return walk(bars, step, 11);
}

function oneMarket(market: keyof typeof markets, names: readonly string[]): string {
  const bars = marketBars(market);
  const columns = names.map((name) => recipes[name]!(bars));
  const lines = rowsOf(bars, 0).map((row, i) => [row, ...columns.map((column) => column[i])].join(','));
  return [['time,open,high,low,close,volume', ...names].join(','), ...lines, ''].join('\n');
}

function universe(): string {
  const lines = listings.flatMap(([symbol, share], index) => {
    const bars = walk(1000, day, 21 + index);
    return rowsOf(bars, Math.floor(share * bars.length)).map((row) => `${row},${symbol}`);
  });
  return ['time,open,high,low,close,volume,symbol', ...lines, ''].join('\n');
}

/** Two symbols of which one is the other, its rows moved up by three. */
function shifted(): string {
  const rows = rowsOf(walk(1000, day, 21), 0);
  const moved = rows.slice(3).map((row, i) => [rows[i]!.split(',')[0], ...row.split(',').slice(1), 'AHEAD'].join(','));
  return ['time,open,high,low,close,volume,symbol', ...rows.map((row) => `${row},ALPHA`), ...moved, ''].join('\n');
}

function rowsOf({ length, time, open, high, low, close, volume }: Bars, from: number): string[] {
  return Array.from({ length: length - from }, (_, i) => i + from).map((i) =>
    [new Date(time[i]! / 1000).toISOString(), open[i], high[i], low[i], close[i], volume[i]].join(','),
  );
}

/** Volatility that comes and goes, volume that goes with it. */
function walk(length: number, step: number, seed: number): Bars {
  const random = seededRandom(seed);
  const column = () => new Float64Array(length);
  const [time, open, high, low, close, volume] = [column(), column(), column(), column(), column(), column()];
  let price = 100;
  let size = 0.012;
  for (let i = 0; i < length; i++) {
    size = 0.0006 + 0.95 * size + 0.0012 * (random() - 0.5);
    time[i] = Date.UTC(2010, 0, 1) * 1000 + i * step;
    open[i] = price * (1 + 0.2 * size * (random() - 0.5));
    close[i] = open[i]! * (1 + size * 3.4 * (random() - 0.5));
    high[i] = Math.max(open[i]!, close[i]!) * (1 + 0.5 * size * random());
    low[i] = Math.min(open[i]!, close[i]!) * (1 - 0.5 * size * random());
    volume[i] = Math.round(1e6 * (size / 0.012) * (0.5 + random()));
    price = close[i]!;
  }
  const knownAt = time.map((at) => at + step);
  const zone = { name: 'UTC', from: Float64Array.of(0), offsetMinutes: Float64Array.of(0) };
  return { symbol: '', interval: '1d', zone, length, time, knownAt, open, high, low, close, volume, extra: {} };
}
