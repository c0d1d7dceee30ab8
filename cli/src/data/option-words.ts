import type { IngestOptions } from '@quarry/contracts';

/** The flag of `data ingest` for each option of the contract. */
const ingestFlags = {
  name: '--name',
  symbol: '--symbol',
  interval: '--interval',
  timezone: '--timezone',
  stamp: '--stamp',
  dateOrder: '--date-order',
  priceDivisor: '--price-divisor',
  columns: '--column',
  prices: '--prices',
  actions: '--actions',
  source: '--source',
  licence: '--licence',
} as const satisfies Record<keyof IngestOptions, string>;

const places = 'time|symbol|open|high|low|close|volume|price|quantity';
const statedColumns = new RegExp(`\\bcolumns ((?:${places})=.+?)(?=\\.?$)`, 'm');

/**
 * A sentence that names options of the contract, as the command line knows them: `say priceDivisor` becomes
 * `say --price-divisor`, and `columns time=1 open=2` becomes `--column time=1 --column open=2`.
 */
export function inFlags(sentence: string): string {
  return sentence
    .replace(statedColumns, (_, stated: string) => stated.split(pair).map(columnFlagOf).join(' '))
    .replace(/\b(?:dateOrder|priceDivisor)\b/g, flagOf)
    .replace(/(?<=\(|, )(?:columns|timezone)(?=, |\))/g, flagOf)
    .replace(/(?<=\b[Ss]ay )(?:timezone|stamp|interval|symbol|columns|prices)\b/g, flagOf);
}

const pair = new RegExp(`\\s+(?=(?:${places})=)`);

/** A header with a blank in it has to reach us as one word of the shell. */
function columnFlagOf(stated: string): string {
  return `--column ${/\s/.test(stated) ? `"${stated}"` : stated}`;
}

function flagOf(option: string): string {
  return ingestFlags[option as keyof typeof ingestFlags];
}
