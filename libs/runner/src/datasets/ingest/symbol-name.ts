/** Words in file names that say what kind of bars a file holds, not of what. */
const kindWord =
  /^(\d+(s|sec|m|min|h|hr|d|w|mo|minute|hour|day)|1d|daily|weekly|monthly|hourly|minute|hour|day|trades?|quotes?|ohlcv?|bars?|klines?|data|prices?|history|historical|csv)$/i;

/** A symbol from a file's name: `20131007_spy_minute_trade.csv` -> `SPY`, `ADABTC-1m-2021-11-27.csv` -> `ADABTC`. */
export function symbolFromFileName(fileName: string): string {
  const stem = fileName.replace(/(\.(csv|tsv|txt|parquet|arrows?|feather|gz|zst|zip|fixed))+$/i, '');
  const undated = stem.replace(/(?<!\d)(19|20)\d{2}[-_]?(0[1-9]|1[0-2])([-_]?[0-3]\d)?(?!\d)/g, ' ');
  const [first = stem] = undated
    .split(/[\s_]+/)
    .map((part) =>
      part
        .split('-')
        .filter((word) => word && !kindWord.test(word))
        .join('-'),
    )
    .filter((part) => part && !kindWord.test(part));
  return first.toUpperCase().slice(0, 60) || 'DATA';
}

/** The day, 00:00 as microseconds, that a file's name tells (`20131007_spy…`), or null. */
export function dateFromFileName(fileName: string): number | null {
  const match = /(?<!\d)((?:19|20)\d{2})-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])(?!\d)/.exec(fileName);
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) * 1000 : null;
}
