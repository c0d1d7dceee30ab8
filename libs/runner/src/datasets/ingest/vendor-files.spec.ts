import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DatasetInfo, IngestOptions } from '@quarry/contracts';
import { DataRefused } from '../data-refused.js';
import { readParquetColumns } from '../read-parquet.js';
import { timeColumns } from '../store.js';
import { writeParquet } from '../write-parquet.js';
import { ingestHere } from './ingest.js';

/** A zip of stored (unpacked) files, as APPNOTE.TXT lays it out. */
function zipOf(files: Record<string, string>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), shared, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), shared, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const table = (count: number, row: (i: number) => (string | number)[]) =>
  Array.from({ length: count }, (_, i) => row(i).join(',')).join('\n') + '\n';
const iso = (start: string, stepMs: number, i: number) => new Date(Date.parse(start) + i * stepMs).toISOString();
const dayMs = 86_400_000;

describe('SAFETY bar 42: a file as vendors write it', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quarry-vendor-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const work = () => join(directory, 'work');
  async function ingest(
    name: string,
    content: string | Buffer,
    options: Partial<IngestOptions> = {},
  ): Promise<DatasetInfo> {
    const path = join(directory, name);
    await writeFile(path, content);
    return ingestHere(path, { name: 'x', ...options }, work());
  }
  async function refusal(name: string, content: string | Buffer): Promise<string> {
    try {
      await ingest(name, content);
    } catch (error) {
      if (error instanceof DataRefused) return error.message;
      throw error;
    }
    return 'kept';
  }
  async function firstRow({ series }: DatasetInfo, names: string[]): Promise<number[]> {
    const row: number[] = [];
    await readParquetColumns(join(work(), series[0]!.file), names, timeColumns, (columns) => {
      if (row.length === 0) row.push(...columns.map((column) => column[0]!));
    });
    return row;
  }
  const summary = ({ series, stamp, timezone, calendar }: DatasetInfo) => ({
    series: series.map(({ symbol, interval, rows }) => `${symbol} ${interval} ${rows}`),
    ...{ stamp, timezone, calendar },
  });

  test('exchange klines without a header', async () => {
    const start = Date.parse('2021-11-27T00:00Z');
    const rows = table(30, (i) => {
      const at = start + i * 60_000;
      return [at, 0.00002853, 0.0000286, 0.00002849, 0.00002854, '36304.2', at + 59_999, 1.03, 79 + i, 19_523, 0.55, 0];
    });
    const info = await ingest('ADABTC-1m-2021-11-27.csv', rows);
    expect(summary(info)).toMatchObject({ series: ['ADABTC 1m 30'], stamp: 'open', timezone: 'UTC' });
    expect(await firstRow(info, ['time', 'knownAt', 'open', 'volume', 'trades'])).toEqual([
      start * 1000,
      start * 1000 + 60_000_000,
      0.00002853,
      36_304.2,
      79,
    ]);
  });

  test('a zip of daily bars with scaled whole prices', async () => {
    const rows = table(300, (i) => {
      const date = iso('1998-01-05', dayMs, Math.floor(i / 5) * 7 + (i % 5));
      return [`${date.slice(0, 10).replaceAll('-', '')} 00:00`, 973_100, 975_300, 965_300, 973_600, 2_150_000 + i];
    });
    const info = await ingest('spy.zip', zipOf({ 'spy.csv': rows }), {
      priceDivisor: 10_000,
      timezone: 'America/New_York',
    });
    expect(summary(info)).toEqual({
      series: ['SPY 1d 300'],
      stamp: 'session-date',
      timezone: 'America/New_York',
      calendar: 'sessions',
    });
    expect(await firstRow(info, ['open', 'high', 'low', 'close', 'volume'])).toEqual([
      97.31, 97.53, 96.53, 97.36, 2_150_000,
    ]);
  });

  test('a zip of minutes since midnight, pre-market to post-market, in New York', async () => {
    const rows = table(960, (i) => [14_400_000 + i * 60_000, 1_674_100, 1_674_200, 1_674_000, 1_674_100, 100]);
    const info = await ingest('20131007_spy_trade.zip', zipOf({ '20131007_spy_minute_trade.csv': rows }));
    expect(summary(info)).toMatchObject({ series: ['SPY 1m 960'], timezone: 'America/New_York', calendar: 'sessions' });
    expect(info.series[0]!.from).toBe(Date.parse('2013-10-07T08:00Z') * 1000);
  });

  test('bid and ask bars become their middle, with both sides kept and no volume', async () => {
    const rows = table(100, (i) => {
      const stamp = iso('2007-01-01T21:00Z', 3_600_000, i);
      const bid = [1.31927, 1.31955, 1.3187, 1.31935];
      return [
        `${stamp.slice(0, 10).replaceAll('-', '')} ${stamp.slice(11, 16)}`,
        ...bid,
        0,
        ...bid.map((price) => price + 0.001),
        0,
      ];
    });
    const info = await ingest('eurusd_hour.zip', zipOf({ 'eurusd.csv': rows }));
    expect(summary(info).series).toEqual(['EURUSD 1h 100']);
    expect(info.quality.notes.join(' ')).toContain('the middle of the two');
    expect(await firstRow(info, ['open', 'volume', 'bidOpen', 'askOpen'])).toEqual([
      (1.31927 + (1.31927 + 0.001)) / 2,
      NaN,
      1.31927,
      1.31927 + 0.001,
    ]);
  });

  test('a zip of several tables is refused with their names', async () => {
    expect(await refusal('two.zip', zipOf({ 'a.csv': 'x', 'b.csv': 'y' }))).toBe(
      'two.zip holds 2 files (a.csv, b.csv). Zip one table, or unpack it and name one.',
    );
  });

  test('a spreadsheet is told apart from a zip', async () => {
    expect(await refusal('x.xlsx', zipOf({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }))).toMatch(
      /is an Excel workbook/,
    );
  });

  test('offsets that change with daylight saving, newest first, with dividends', async () => {
    const rows = Array.from({ length: 400 }, (_, k) => k)
      .filter((k) => k % 7 < 5)
      .map((k) => {
        const date = iso('2022-01-03', dayMs, k).slice(0, 10);
        const summer = date >= '2022-03-14' && date < '2022-11-07';
        return `${date} 00:00:00${summer ? '-04:00' : '-05:00'},33.12,33.19,33,33.15999984741211,30.576433181762695,1763100,0.0,0.0`;
      })
      .reverse();
    const info = await ingest(
      'EWG_1d.csv',
      ['Datetime,Open,High,Low,Close,Adj Close,Volume,Dividends,Stock Splits', ...rows].join('\r\n'),
    );
    expect(summary(info)).toEqual({
      series: [`EWG 1d ${rows.length}`],
      stamp: 'session-date',
      timezone: 'America/New_York',
      calendar: 'sessions',
    });
    expect(await firstRow(info, ['time', 'knownAt', 'adjClose'])).toEqual([
      Date.parse('2022-01-03') * 1000,
      Date.parse('2022-01-04T05:00Z') * 1000,
      30.576433181762695,
    ]);
  });

  test('minutes of US stocks without a zone are read in New York, and that is told', async () => {
    const rows = table(390 * 3, (i) => {
      const stamp = iso('2020-12-15T09:30Z', 60_000, Math.floor(i / 390) * 1440 + (i % 390));
      return [stamp.slice(0, 16).replace('T', ' '), 367.4, 367.62, 367.36, 367.46, 407_870];
    });
    const info = await ingest('spy_2020-12_1min.csv', `\uFEFFdate,open,high,low,close,volume\n${rows}`);
    expect(summary(info)).toMatchObject({ series: ['SPY 1m 1170'], timezone: 'America/New_York' });
    expect(info.series[0]!.from).toBe(Date.parse('2020-12-15T14:30Z') * 1000);
    expect(info.quality.notes.join(' ')).toContain('say timezone if that is wrong');
  });

  test('a header that names UTC is believed', async () => {
    const rows = table(100, (i) => [
      iso('2024-01-02T14:30Z', 60_000, i).slice(0, 19).replace('T', ' '),
      1,
      2,
      0.5,
      1.5,
      7,
    ]);
    const info = await ingest(
      '6EH4_1min_2024-01.csv.gz',
      gzipSync(`timestamp_utc,open,high,low,close,volume\n${rows}`),
    );
    expect(summary(info)).toMatchObject({ series: ['6EH4 1m 100'], timezone: 'UTC' });
    expect(info.quality.notes.join(' ')).not.toContain('name no zone');
  });

  test('the long format becomes one series per symbol', async () => {
    const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May'];
    const rows = ['MSFT', 'IBM'].flatMap((symbol) => months.map((month, i) => `${symbol},${month} 1 2000,${39 + i}`));
    const info = await ingest('stocks.csv', ['symbol,date,price', ...rows].join('\n'));
    expect(summary(info).series).toEqual(['MSFT 1mo 5', 'IBM 1mo 5']);
    expect(await firstRow(info, ['open', 'high', 'low', 'close', 'volume'])).toEqual([39, 39, 39, 39, NaN]);
  });

  test('factor and map files are refused with their first row', async () => {
    expect(await refusal('aapl.map.csv', '19980102,aapl,Q\n20501231,aapl,Q\n')).toMatch(
      /^aapl\.map\.csv has no header and its 3 columns \(first row: 19980102, aapl, Q\) are no bars/,
    );
  });

  const stamps = Float64Array.from({ length: 50 }, (_, i) => 1_610_064_000_278_000 + Math.floor(i / 2) * 250_000);

  test('trades in Parquet become ticks, equal times in the order of the file', async () => {
    const path = join(directory, 'btcusdt-trades.parquet');
    await writeParquet(path, 50, [
      { name: 'timestamp', type: 'time', values: stamps },
      { name: 'trade_id', type: 'int', values: Int32Array.from(stamps.keys()) },
      { name: 'price', type: 'float', values: stamps.map((_, i) => 39_000 + i) },
      { name: 'quantity', type: 'float', values: stamps.map(() => 0.5) },
      { name: 'side', type: 'text', at: (row) => (row % 2 ? 'buy' : 'sell') },
    ]);
    const info = await ingestHere(path, { name: 'x' }, work());
    expect(summary(info)).toMatchObject({ series: ['BTCUSDT tick 50'], timezone: 'UTC' });
    expect(await firstRow(info, ['time', 'knownAt', 'high', 'volume', 'tradeId'])).toEqual([
      stamps[0],
      stamps[0],
      39_000,
      0.5,
      0,
    ]);
    expect(info.quality.notes).toContain('Left out, since not numbers: side.');
  });

  test('trades become bars where a person says of which interval, and every trade is counted', async () => {
    const trades = ['10:00:01,100,2', '10:00:59.9,103,1', '10:00:30,99,1', '10:02:00,101,5', '10:02:00,102,5'];
    const info = await ingest(
      't.csv',
      'time,price,qty,side\n' + trades.map((row) => `2024-01-02 ${row},b\n`).join(''),
      {
        interval: '1m',
      },
    );
    expect(summary(info)).toMatchObject({ series: ['T 1m 2'], stamp: 'open' });
    expect(await firstRow(info, ['time', 'knownAt', 'open', 'high', 'low', 'close', 'volume'])).toEqual([
      Date.parse('2024-01-02T10:00Z') * 1000,
      Date.parse('2024-01-02T10:01Z') * 1000,
      ...[100, 103, 99, 103, 4],
    ]);
    expect(info.quality).toMatchObject({ rowsRead: 5, rowsKept: 5, rowsRefused: 0 });
    expect(info.quality.notes).toContain('5 trades were made into 2 bars of 1m, as said.');
  });

  test('quotes in Parquet are refused with the way out', async () => {
    const path = join(directory, 'quotes.parquet');
    await writeParquet(path, 50, [
      { name: 'timestamp', type: 'time', values: stamps },
      { name: 'bid', type: 'float', values: stamps },
      { name: 'ask', type: 'float', values: stamps },
    ]);
    await expect(ingestHere(path, { name: 'x' }, work())).rejects.toThrow(
      'quotes.parquet holds quotes (bid and ask), neither bars nor trades. Make bars of them first, or bring the trades.',
    );
  });

  test('bars in Parquet that Quarry wrote come back as they were', async () => {
    const rows = table(500, (i) => [iso('2024-01-02T00:00Z', 900_000, i), 1 + i / 7, 3 + i, 0.1, 1 + i / 3, i]);
    const first = await ingest('x_15m.csv', `time,open,high,low,close,volume\n${rows}`, { symbol: 'X' });
    const again = await ingestHere(
      join(work(), first.series[0]!.file),
      { name: 'x', symbol: 'X', timezone: 'UTC' },
      join(directory, 'again'),
    );
    expect(again.series[0]!.columnHashes).toMatchObject(first.series[0]!.columnHashes);
  });
});
