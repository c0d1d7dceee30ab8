import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IngestOptions } from '@quarry/contracts';
import { DataRefused } from '../data-refused.js';
import { readParquetColumns } from '../read-parquet.js';
import { timeColumns } from '../store.js';
import { ingestHere } from './ingest.js';

const header = 'date,open,high,low,close,volume';
const bar = (time: string, close: string | number = 10, volume: string | number = 5) =>
  `${time},10,${Math.max(11, Number(close) || 0)},1,${close},${volume}`;
const lines = (...rows: string[]) => rows.join('\n') + '\n';
const three = lines(header, bar('2024-01-02', 10), bar('2024-01-03', 11), bar('2024-01-04', 12));
const utf16 = (text: string, mark: boolean) => Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');

/** What became of a file: its bars, or the sentence that refused it. */
interface Outcome {
  times?: string[];
  close?: number[];
  volume?: number[];
  refused?: string[];
  interval?: string;
  intervals?: string[];
  timezone?: string;
  notes?: string;
}

type Case = [
  title: string,
  content: string | Buffer,
  expected: Outcome | RegExp,
  options?: Partial<IngestOptions>,
  name?: string,
];

const days = ['2024-01-02', '2024-01-03', '2024-01-04'];
const whole: Outcome = { times: days, close: [10, 11, 12], refused: [] };

const cases: Case[] = [
  // Times and headers of programs
  [
    'dates as Excel counts them',
    lines(header, bar('45293'), bar('45294', 11), bar('45295', 12)),
    { ...whole, interval: '1d', notes: 'Times are days as Excel counts them' },
  ],
  [
    'times as Excel counts them',
    lines(header, bar('45293.604166666664'), bar('45293.604861111111', 11), bar('45293.605555555558', 12)),
    { times: ['2024-01-02T14:30', '2024-01-02T14:31', '2024-01-02T14:32'], close: [10, 11, 12], interval: '1m' },
  ],
  [
    'a count of rows is no date of Excel',
    lines(header.replace('date', 'index'), ...Array.from({ length: 30 }, (_, k) => bar(String(k)))),
    /Column index of bars\.csv should hold times/,
  ],
  [
    'the three rows of header that yfinance writes',
    lines(
      'Price,Close,High,Low,Open,Volume',
      'Ticker,SPY,SPY,SPY,SPY,SPY',
      'Date,,,,,',
      ...days.map((day, k) => `${day},${10 + k},15,9,10,5`),
    ),
    { ...whole, intervals: ['SPY 1d'], refused: [] },
  ],
  [
    'the same of several symbols, of which one came later and has a bad row',
    lines(
      'Ticker,A,A,A,A,A,B,B,B,B,B',
      'Price,Open,High,Low,Close,Volume,Open,High,Low,Close,Volume',
      'Date,,,,,,,,,,',
      '2024-01-02,10,15,9,10,5,,,,,',
      '2024-01-03,10,15,9,11,5,20,25,19,21,6',
      '2024-01-04,10,15,9,12,5,20,25,19,x,6',
      '2024-01-05,10,15,9,13,5,20,25,19,22,6',
    ),
    {
      times: [...days, '2024-01-05'],
      close: [10, 11, 12, 13],
      refused: ['6 has the close "x", which is no number'],
      intervals: ['A 1d', 'B 1d'],
    },
    { interval: '1d' },
  ],
  // How text is written
  ['plain LF', three, { ...whole, interval: '1d', timezone: 'UTC' }],
  ['a UTF-8 byte order mark is no part of the header', '\uFEFF' + three, whole],
  ['CRLF', three.replaceAll('\n', '\r\n'), whole],
  ['CR alone', three.replaceAll('\n', '\r'), whole],
  ['no line end behind the last row', three.trimEnd(), whole],
  ['UTF-16 with a mark', utf16(three, true), { ...whole, notes: 'The text was encoded as UTF-16.' }],
  ['UTF-16 without a mark', utf16(three, false), whole],
  ['UTF-16 big-endian', utf16(three, true).swap16(), whole],
  ['blank lines are passed over', three.replaceAll('\n', '\n\n'), whole],
  ['tabs', three.replaceAll(',', '\t'), whole],
  ['semicolons', three.replaceAll(',', ';'), whole],
  ['pipes', three.replaceAll(',', '|'), whole],
  ['cells in quotes', three.replace(/[^,\n]+/g, '"$&"'), whole],
  [
    'a line break inside quotes belongs to its cell, and the row number counts records',
    lines(
      header + ',note',
      bar('2024-01-02') + ',"two\nlines"',
      bar('2024-01-03', 'x') + ',a',
      bar('2024-01-04') + ',b',
    ),
    { close: [10, 10], refused: ['3 has the close "x", which is no number'] },
  ],
  ['a trailing comma in every row', three.replaceAll('\n', ',\n').replace('volume,', 'volume'), whole],
  [
    'semicolons with decimal commas',
    lines(header.replaceAll(',', ';'), '02.01.2024;1,5;1,75;1,25;1,5;100', '15.01.2024;1,5;1,75;1,25;1,625;1.000'),
    {
      times: ['2024-01-02', '2024-01-15'],
      close: [1.5, 1.625],
      volume: [100, 1000],
      notes: 'Decimals are written with a comma.',
    },
    { interval: '1d' },
  ],
  [
    'thousands marks in quotes',
    lines(
      header,
      '2024-01-02,"1,234.5","1,300","1,200","1,250.25","2,000,000"',
      '2024-01-03,"1,250","1,300","1,200","1,260","1"',
    ),
    { close: [1250.25, 1260], volume: [2_000_000, 1] },
  ],
  [
    'K, M and B behind volumes',
    lines(header, bar('2024-01-02', 10, '1.5M'), bar('2024-01-03', 10, '2K')),
    { volume: [1_500_000, 2000] },
  ],
  [
    'lines above the header are passed over and told',
    '# prices by Someone\n' + three,
    { ...whole, notes: '1 row above the table were passed over.' },
  ],
  [
    'Windows-1252, with its umlauts, and units in brackets',
    Buffer.from(
      three.replace(header, 'Datum,Open (€),High (EUR),Low (EUR),Close (EUR),Währung').replace('€', 'EUR'),
      'latin1',
    ),
    { ...whole, notes: 'The text was encoded as Windows-1252.' },
  ],
  [
    'ticks are the volume where MetaTrader knows no other',
    lines(
      '<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>',
      '2024.01.02\t1\t2\t1\t2\t70\t0',
      '2024.01.03\t1\t2\t1\t2\t80\t0',
    ),
    { volume: [70, 80], notes: 'Volume is <TICKVOL>, since <VOL> is 0 in the first rows.' },
  ],
  // Times
  [
    'a time without a zone among times with one is told',
    lines(header, bar('2024-01-02 10:00Z'), bar('2024-01-02 11:00'), bar('2024-01-02 12:00Z')),
    { notes: "1 times state no zone among others that do; they are read in the dataset's zone." },
  ],
  [
    'days that no calendar has are refused with the value, not a good one',
    lines(header, bar('2024-01-02'), bar('2024-01-03'), bar('2999-01-03'), bar('0001-01-01'), bar('9999-12-31')),
    /^Only 2 of 5 rows of .* Row 4 has the time "2999-01-03", which is none/,
  ],
  [
    'days with dots stand before months, and the header tells the zone',
    lines(
      'Gmt time,Open,High,Low,Close,Volume',
      bar('02.01.2024 00:00:00.000', 10),
      bar('03.01.2024 00:00:00.000', 11),
      bar('04.01.2024 00:00:00.000', 12),
    ),
    { ...whole, timezone: 'UTC', notes: 'The times are UTC, as the header Gmt time says.' },
  ],
  [
    'newest first',
    lines(header, ...three.trim().split('\n').slice(1).reverse()),
    { ...whole, notes: 'Rows ran newest first and were turned round.' },
  ],
  [
    'rows out of order are sorted, and that is told',
    lines(header, bar('2024-01-03', 11), bar('2024-01-02', 10), bar('2024-01-04', 12)),
    { ...whole, notes: 'Rows were sorted by time.' },
  ],
  [
    'an exact repetition is dropped by number',
    lines(header, bar('2024-01-02'), bar('2024-01-02'), bar('2024-01-03')),
    { times: days.slice(0, 2), refused: ['3 repeats row 2 exactly'] },
  ],
  [
    'two values for one time are both refused',
    lines(
      header,
      bar('2024-01-02'),
      bar('2024-01-03', 11),
      bar('2024-01-03', 12),
      bar('2024-01-04'),
      bar('2024-01-05'),
    ),
    {
      times: ['2024-01-02', '2024-01-04', '2024-01-05'],
      refused: ['3 has the time of row 4, with other values', '4 has the time of row 3, with other values'],
    },
  ],
  [
    'US dates, decided by a day above 12',
    lines(header, bar('1/2/2024'), bar('1/13/2024')),
    { times: ['2024-01-02', '2024-01-13'], notes: 'Dates are read as month, day, year.' },
    { interval: '1d' },
  ],
  [
    'European dates, decided by a day above 12',
    lines(header, bar('2/1/2024'), bar('13/1/2024')),
    { times: ['2024-01-02', '2024-01-13'], notes: 'Dates are read as day, month, year.' },
    { interval: '1d' },
  ],
  [
    'dates that leave the month open are refused',
    lines(header, bar('1/2/2024'), bar('1/3/2024')),
    /such as 1\/2\/2024 can be read month first or day first.*dateOrder/,
  ],
  [
    '… unless a person says which',
    lines(header, bar('1/2/2024'), bar('2/2/2024')),
    { times: ['2024-02-01', '2024-02-02'] },
    { dateOrder: 'day-month-year' },
  ],
  ['yyyyMMdd', lines(header, bar('20240102'), bar('20240103')), { times: days.slice(0, 2) }],
  ['Jan 2 2024', lines(header, bar('Jan 2 2024'), bar('Jan 3 2024')), { times: days.slice(0, 2) }],
  ['02-Jan-2024', lines(header, bar('02-Jan-2024'), bar('03-Jan-2024')), { times: days.slice(0, 2) }],
  [
    'epoch seconds before 1970',
    lines(header, bar('-631152000'), bar('-631065600'), bar('-630979200')),
    { times: ['1950-01-01', '1950-01-02', '1950-01-03'], interval: '1d' },
  ],
  [
    'the 30th of February is no date',
    lines(header, bar('2024-02-28'), bar('2024-02-30'), bar('2024-02-29')),
    { times: ['2024-02-28', '2024-02-29'], refused: ['3 has the time "2024-02-30", which is none'] },
  ],
  ...(
    [
      ['seconds', '1704153600', '1704157200'],
      ['milliseconds', '1704153600000', '1704157200000'],
      ['microseconds', '1704153600000000', '1704157200000000'],
      ['nanoseconds', '1704153600000000999', '1704157200000000000'],
    ] as const
  ).map(([unit, a, b]): Case => [
    `epoch ${unit}`,
    lines(header, bar(a), bar(b)),
    {
      times: ['2024-01-02', '2024-01-02T01:00'],
      interval: '1h',
      timezone: 'UTC',
      notes: `Times are ${unit} since 1970, UTC.`,
    },
  ]),
  [
    'offsets in each row, and the zone that they show',
    lines(header, bar('2024-03-08 00:00:00-05:00'), bar('2024-03-11 00:00:00-04:00'), bar('2024-03-12 00:00:00-04:00')),
    { times: ['2024-03-08', '2024-03-11', '2024-03-12'], timezone: 'America/New_York', interval: '1d' },
  ],
  [
    'rows of different zones meet in UTC',
    lines(header, bar('2024-01-02T10:00:00Z'), bar('2024-01-02T13:00:00+02:00'), bar('2024-01-02T07:00:00-05:00')),
    { times: ['2024-01-02T10:00', '2024-01-02T11:00', '2024-01-02T12:00'], interval: '1h' },
  ],
  [
    'the hour that comes twice in autumn is told apart by the order of rows',
    lines(
      header,
      bar('2024-11-03 00:00'),
      bar('2024-11-03 01:00', 10),
      bar('2024-11-03 01:00', 11),
      bar('2024-11-03 02:00'),
    ),
    { times: ['2024-11-03T04:00', '2024-11-03T05:00', '2024-11-03T06:00', '2024-11-03T07:00'], refused: [] },
    { timezone: 'America/New_York' },
  ],
  [
    'an hour that clocks skip in spring is refused',
    lines(header, bar('2024-03-10 01:00'), bar('2024-03-10 02:00'), bar('2024-03-10 03:00'), bar('2024-03-10 04:00')),
    {
      times: ['2024-03-10T06:00', '2024-03-10T07:00', '2024-03-10T08:00'],
      refused: ['3 has a time that clocks skipped in America/New_York'],
    },
    { timezone: 'America/New_York' },
  ],
  [
    'stamps at the end of bars',
    lines(header, bar('2024-01-02 10:05'), bar('2024-01-02 10:10')),
    { times: ['2024-01-02T10:00', '2024-01-02T10:05'] },
    { stamp: 'close' },
  ],
  [
    'date and clock in two columns',
    lines(
      '<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<TICKVOL>',
      '2024.01.02,10:00,1,2,0.5,1.5,7',
      '2024.01.02,10:15,1,2,0.5,1.5,7',
    ),
    { times: ['2024-01-02T10:00', '2024-01-02T10:15'], volume: [7, 7], interval: '15m' },
  ],
  [
    'milliseconds since midnight, with the date in the file name',
    lines('34200000,10,11,9,10,5', '34260000,10,11,9,10,5'),
    { times: ['2024-01-02T09:30', '2024-01-02T09:31'] },
    { timezone: 'UTC' },
    '20240102_abc.csv',
  ],
  ['a zone that nobody knows', three, /There is no time zone Mars\/Base/, { timezone: 'Mars/Base' }],
  [
    'words for times',
    lines(header, bar('Monday'), bar('Tuesday')),
    /Column date of .* should hold times, but "Monday" is none/,
  ],
  // Numbers
  [
    'NaN, blank and null prices are refused by row',
    lines(
      header,
      bar('2024-01-02'),
      bar('2024-01-03', 'NaN'),
      bar('2024-01-04', ''),
      bar('2024-01-05', 'null'),
      ...['08', '09', '10'].map((day) => bar(`2024-01-${day}`)),
    ),
    { close: [10, 10, 10, 10], refused: ['3 has no close', '4 has no close', '5 has no close'] },
  ],
  ['a blank volume is undefined', lines(header, bar('2024-01-02', 10, ''), bar('2024-01-03')), { volume: [NaN, 5] }],
  [
    'a negative volume is refused',
    lines(header, bar('2024-01-02'), bar('2024-01-03', 10, -1), bar('2024-01-04')),
    { refused: ['3 has the volume -1, which is negative'] },
  ],
  [
    'negative and zero prices are kept and counted',
    lines(header, bar('2024-01-02', -37.63), bar('2024-01-03', 0)),
    { close: [-37.63, 0] },
  ],
  [
    '1e308, 1e-5 and -0 are themselves',
    lines(header, bar('2024-01-02', '1e308'), bar('2024-01-03', '1e-5'), bar('2024-01-04', '-0')),
    { close: [1e308, 1e-5, -0] },
  ],
  [
    '1e309 is larger than any number',
    lines(header, bar('2024-01-02'), '2024-01-03,10,11,1,1e309,5', bar('2024-01-04')),
    { refused: ['3 has the close "1e309", which is larger than any number here'] },
  ],
  [
    'seventeen digits are read to the last bit',
    lines(header, '2024-01-02,30.576433181762695,31,30,30.576433181762695,0', bar('2024-01-03')),
    { close: [30.576433181762695, 10] },
  ],
  [
    'whole scaled prices stay, with a line that says so',
    lines(header, '2024-01-02,973100,975300,965300,973600,1', '2024-01-03,973100,975300,965300,973700,1'),
    { close: [973_600, 973_700], notes: 'If they are scaled, say priceDivisor' },
  ],
  [
    '… and are divided where a person says by what',
    lines(header, '2024-01-02,973100,975300,965300,973600,1', '2024-01-03,973100,975300,965300,973700,1'),
    { close: [97.36, 97.37], volume: [1, 1] },
    { priceDivisor: 10_000 },
  ],
  // Shapes
  [
    'rows with too few or too many cells are refused by number',
    lines(header, bar('2024-01-02'), '2024-01-03,1,2', bar('2024-01-04') + ',9', bar('2024-01-05'), bar('2024-01-08')),
    { refused: ['3 has 3 cells, not 6', '4 has 7 cells, not 6'] },
  ],
  [
    'seven names over eight columns',
    lines('date,open,high,low,close,volume,x', ...days.map((day) => bar(day) + ',1,2')),
    /names 7 columns, but row 2 has 8 cells\. Mend the header\./,
  ],
  [
    'no header, six columns',
    lines(bar('2024-01-02'), bar('2024-01-03')),
    { times: days.slice(0, 2), notes: 'There is no header' },
  ],
  [
    'no header and no bars',
    lines('20240102,0.86,0.0089,1', '20240103,0.86,0.0089,1'),
    /has no header and its 4 columns .* are no bars/,
  ],
  [
    '… unless a person says which column is which',
    lines('20240102,7,6,8,5', '20240103,7,6,8,5'),
    { close: [5, 5] },
    { columns: { time: '1', open: '2', low: '3', high: '4', close: '5' } },
  ],
  ['vendor names', lines('Timestamp,o,h,l,Close/Last,Vol.', ...days.map((day) => bar(day))), { times: days }],
  [
    'a stated column',
    lines('when,a,b,c,d,e', ...days.map((day) => bar(day))),
    { times: days },
    { columns: { time: 'when', open: 'a', high: 'b', low: 'c', close: 'd', volume: 'e' } },
  ],
  [
    'a thin symbol has the interval of the file',
    lines(
      'symbol,date,price',
      ...days.map((day) => `A,${day},7`),
      'B,2024-01-02,7',
      'B,2024-01-04,7',
      'C,2024-01-02,7',
    ),
    { intervals: ['A 1d', 'B 1d', 'C 1d'] },
  ],
  [
    'a stated interval under which bars would overlap',
    three,
    /Rows of BARS are usually 1d apart: bars of 1w would overlap/,
    { interval: '1w' },
  ],
  [
    'a stated column that is not there',
    three,
    /has no column Settle for close\. It has date, open/,
    { columns: { close: 'Settle' } },
  ],
  [
    'a price alone makes flat bars, and that is told',
    lines('date,price', '2024-01-02,7', '2024-01-03,8'),
    { close: [7, 8], volume: [NaN, NaN], notes: 'Only a price is given' },
  ],
  ['no high', lines('date,open,low,close', '2024-01-02,1,1,1'), /has no column for high among date, open, low, close/],
  ['quotes', lines('time,bid,ask', '2024-01-02 10:00,1,2'), /holds quotes \(bid and ask\)/],
  ['one row of a date is a day', lines(header, bar('2024-01-02')), { times: ['2024-01-02'], interval: '1d' }],
  [
    'one row with a clock time does not tell its length',
    lines(header, bar('2024-01-02 10:00')),
    /One bar does not tell how long it is\. Say interval/,
  ],
  ['header only', header + '\n', /has a header but no row of data/],
  ['nothing', '', /is empty \(0 bytes\)/],
  ['blank lines only', '\n\n\n', /holds no row/],
  ['one column', lines('date', '2024-01-02'), /is no table/],
  [
    'no good row',
    lines(header, bar('2024-01-02', 'x'), bar('2024-01-03', 'y')),
    /None of the 2 rows .* Row 2 has the close "x"/,
  ],
  [
    'more bad rows than good',
    lines(header, bar('2024-01-02'), bar('2024-01-03', 'x'), bar('2024-01-04', 'y')),
    /Only 1 of 3 rows .* Row 3 has the close "x"/,
  ],
  [
    'a quotation mark that never closes',
    lines(header, bar('2024-01-02'), '"2024-01-03,1,1,1,1,1'),
    /quotation mark that opens in row 3 of bars\.csv never closes/,
  ],
  // Wrong kinds
  ['gzip', gzipSync(three), whole, {}, 'bars.csv.gz'],
  ['gzip by its bytes, whatever the name', gzipSync(three), whole],
  [
    'a gzip that is cut short',
    gzipSync(three.repeat(3000)).subarray(0, 400),
    /cannot be unpacked: .*cut short or damaged/,
    {},
    'bars.csv.gz',
  ],
  ['a .gz that is plain text is read as what it is', three, whole, {}, 'bars.csv.gz'],
  ['a zip that is cut short', Buffer.from('504b0304140000000800', 'hex'), /cannot be unpacked/, {}, 'bars.zip'],
  [
    'Parquet magic without Parquet',
    Buffer.from('PAR1 and nothing more'),
    /^bars\.parquet cannot be read as Parquet \(.*\)\. It is damaged; fetch or write it again\.$/,
    {},
    'bars.parquet',
  ],
  ['a web page', '<!DOCTYPE html><html></html>', /is a web page/],
  ['JSON', '[{"date": "2024-01-02"}]', /looks like JSON/],
  ['a PDF', '%PDF-1.7 …', /is a PDF document/],
  ['zstd', zstdCompressSync(three), whole, {}, 'bars.csv.zst'],
  [
    'zstd in two frames',
    Buffer.concat([zstdCompressSync(three), zstdCompressSync('2024-01-05,1,1,1,1,1\n')]),
    /^bars\.csv holds several zstd frames/,
  ],
  ['a zstd that is cut short', zstdCompressSync(three).subarray(0, 40), /cannot be unpacked: .*cut short or damaged/],
  ['bytes that are no text', Buffer.from([1, 2, 0, 3, 0, 0, 7, 8]), /holds zero bytes/],
  [
    'one line of two million characters',
    'a,'.repeat(1000) + 'x'.repeat(2_000_000),
    /is longer than 262144 characters: this is no table of bars/,
  ],
];

describe('SAFETY bar 44: a file of', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quarry-values-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  test.each(cases)('%s', async (_, content, expected, options = {}, name = 'bars.csv') => {
    const file = join(directory, name);
    await writeFile(file, content);
    const outcome = await ingested(file, options, join(directory, 'work'));
    if (expected instanceof RegExp) expect(outcome).toMatch(expected);
    else {
      const { notes, ...rest } = expected;
      expect(outcome).toMatchObject(rest);
      expect((outcome as Outcome).notes).toContain(notes ?? '');
    }
  });
});

async function ingested(file: string, options: Partial<IngestOptions>, work: string): Promise<Outcome | string> {
  try {
    const { series, quality, timezone } = await ingestHere(file, { name: 'bars', ...options }, work);
    expect(quality.rowsRead).toBe(quality.rowsKept + quality.rowsRefused);
    const one = series[0]!;
    const columns: number[][] = [[], [], []];
    await readParquetColumns(join(work, one.file), ['time', 'close', 'volume'], timeColumns, (chunk) =>
      chunk.forEach((values, k) => columns[k]!.push(...values)),
    );
    return {
      times: columns[0]!.map(shortTime),
      close: columns[1]!,
      volume: columns[2]!,
      refused: quality.refused.map(({ row, reason }) => `${row} ${reason}`),
      interval: one.interval,
      intervals: series.map(({ symbol, interval }) => `${symbol} ${interval}`),
      timezone,
      notes: quality.notes.join(' '),
    };
  } catch (error) {
    if (error instanceof DataRefused) return error.message;
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function shortTime(micros: number): string {
  return new Date(micros / 1000)
    .toISOString()
    .replace(/:00\.000Z$/, '')
    .replace(/T00:00$/, '');
}
