import { UsageError } from '../usage-error.js';

const most = 1_000;

/** `AAPL,MSFT`, or `all` for every symbol that the data have. */
export function symbolsFlag(text: string): 'all' | string[] {
  if (text === 'all') return 'all';
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  if (names.includes('')) throw new UsageError(`--symbols "${text}" names nothing. Write it like AAPL,MSFT or all.`);
  if (names.length > most)
    throw new UsageError(`--symbols names ${names.length} symbols; a run takes ${most} at most.`);
  return names;
}
