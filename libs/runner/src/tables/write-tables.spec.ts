import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tableFromIPC } from 'apache-arrow';
import { ChartIndex } from '@quarry/contracts';
import type { BacktestResult, Bars } from '@quarry/engine/host';
import { readParquetColumns } from '../datasets/read-parquet.js';
import { writeTables } from './write-tables.js';

const rows = 20_000;
const minute = 60_000_000;
const start = 1_700_000_000_000_000;

const column = (at: (i: number) => number) => Float64Array.from({ length: rows }, (_, i) => at(i));
const bars: Bars = {
  symbol: '=cmd',
  interval: '1m',
  zone: { name: 'UTC', from: Float64Array.of(0), offsetMinutes: Float64Array.of(0) },
  length: rows,
  time: column((i) => start + i * minute),
  knownAt: column((i) => start + (i + 1) * minute),
  open: column((i) => 100 + (i % 7)),
  high: column((i) => 110 + (i % 11)),
  low: column((i) => 90 - (i % 5)),
  close: column((i) => 101 + (i % 3)),
  volume: column(() => 2),
  extra: {},
};
const result: BacktestResult = {
  equity: column((i) => (i === 12_345 ? 500 : 1000 + i)),
  exposure: column(() => 0.5),
  trades: {
    length: 2,
    series: Int32Array.of(0, 0),
    size: Float64Array.of(-3, 1.5),
    entryBar: Int32Array.of(1, 5),
    exitBar: Int32Array.of(4, 9),
    entryTime: Float64Array.of(start + minute, start + 5 * minute),
    exitTime: Float64Array.of(start + 4 * minute, start + 9 * minute + 250),
    entryPrice: Float64Array.of(101, 0.1),
    exitPrice: Float64Array.of(100, 0.30000000000000004),
    commission: Float64Array.of(0.5, 0),
    pnl: Float64Array.of(2.5, -1e-7),
    returns: Float64Array.of(0.01, NaN),
    open: Uint8Array.of(0, 1),
    ambiguous: Uint8Array.of(1, 0),
    tag: Int32Array.of(0, 1),
    tags: ['', 'stop, "hit"'],
    costs: {
      slippage: Float64Array.of(0.25, 0),
      spread: Float64Array.of(0, 0),
      borrow: Float64Array.of(0.75, 0),
      interest: Float64Array.of(0, 0),
      funding: Float64Array.of(0, -2),
    },
  },
  orders: {
    length: 1,
    id: Int32Array.of(7),
    series: Int32Array.of(0),
    placedBar: Int32Array.of(3),
    kind: Uint8Array.of(1),
    size: Float64Array.of(-2),
    filled: Float64Array.of(0),
    limit: Float64Array.of(99),
    stop: Float64Array.of(NaN),
    state: Uint8Array.of(3),
    endBar: Int32Array.of(-1),
    fillPrice: Float64Array.of(NaN),
    commission: Float64Array.of(0),
  },
  fills: {
    length: 2,
    order: Int32Array.of(0, 0),
    bar: Int32Array.of(4, 6),
    units: Float64Array.of(-1.5, -0.5),
    price: Float64Array.of(99, 99.5),
    commission: Float64Array.of(0.1, 0),
    slippage: Float64Array.of(0.25, 0),
    spread: Float64Array.of(0, 0.125),
  },
  ambiguity: { trades: 1, worst: 1, best: 3 },
  rejections: [],
  costs: { commission: 0, slippage: 0, spread: 0, borrow: 0, interest: 0, funding: 0 },
  dividends: { received: 0, paid: 0 },
  actions: [],
  interventions: [],
};

describe('the tables of a result', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quarry-tables-'));
    await writeTables(result, [bars], directory);
  });
  afterAll(() => rm(directory, { recursive: true }));

  const chart = async () => ChartIndex.parse(JSON.parse(await readFile(join(directory, 'chart.json'), 'utf8')));

  test('equity.parquet holds time, equity and drawdown of every bar', async () => {
    let seen = 0;
    let deepest = 0;
    await readParquetColumns(
      join(directory, 'equity.parquet'),
      ['time', 'equity', 'drawdown'],
      ['time'],
      (chunk, n) => {
        for (let i = 0; i < n; i++, seen++) {
          if (chunk[0]![i] !== bars.time[seen] || chunk[1]![i] !== result.equity[seen]) throw new Error(`row ${seen}`);
          deepest = Math.min(deepest, chunk[2]![i]!);
        }
      },
    );
    expect([seen, deepest]).toEqual([rows, 500 / 13_344 - 1]);
  });

  test('fills.parquet holds each fill of an order that filled in parts, with its time and what its price lost', async () => {
    const names = ['order', 'bar', 'time', 'units', 'price', 'commission', 'slippage', 'spread'];
    const read: number[][] = [];
    await readParquetColumns(join(directory, 'fills.parquet'), names, ['time'], (chunk, n) => {
      for (let i = 0; i < n; i++) read.push(chunk.map((column) => Number(column[i])));
    });
    expect(read).toEqual([
      [0, 4, bars.time[4], -1.5, 99, 0.1, 0.25, 0],
      [0, 6, bars.time[6], -0.5, 99.5, 0, 0, 0.125],
    ]);
  });

  test('trades.csv keeps negative numbers plain and disarms text that a spreadsheet would run', async () => {
    expect(await readFile(join(directory, 'trades.csv'), 'utf8')).toBe(
      [
        'symbol,size,entryBar,exitBar,entryTime,exitTime,entryPrice,exitPrice,commission,slippage,spread,borrow,interest,funding,pnl,returns,open,ambiguous,tag',
        "'=cmd,-3,1,4,2023-11-14T22:14:20Z,2023-11-14T22:17:20Z,101,100,0.5,0.25,0,0.75,0,0,2.5,0.01,0,1,",
        `'=cmd,1.5,5,9,2023-11-14T22:18:20Z,2023-11-14T22:22:20.000250Z,0.1,0.30000000000000004,0,0,0,0,0,-2,-1e-7,NaN,1,0,"stop, ""hit"""`,
        '',
      ].join('\n'),
    );
  });

  test('equity.csv has a line per bar', async () => {
    const lines = (await readFile(join(directory, 'equity.csv'), 'utf8')).trimEnd().split('\n');
    expect([lines.length, lines[0], lines[1]]).toEqual([
      rows + 1,
      'time,equity,drawdown,exposure',
      '2023-11-14T22:13:20Z,1000,0,0.5',
    ]);
  });

  test('the chart has levels 1 and 8, until one chunk holds a whole level', async () => {
    const { levels } = await chart();
    expect(levels.map(({ factor, rows: count, chunks }) => [factor, count, chunks.map((chunk) => chunk.rows)])).toEqual(
      [
        [1, 20_000, [8192, 8192, 3616]],
        [8, 2_500, [2500]],
      ],
    );
  });

  test('each chunk is a whole Arrow stream at its byte range, and a group keeps its extremes', async () => {
    const { levels } = await chart();
    const bytes = await readFile(join(directory, 'chart.arrow'));
    const chunk = levels[1]!.chunks[0]!;
    const table = tableFromIPC(bytes.subarray(chunk.offset, chunk.offset + chunk.length));
    const row = Math.floor(12_345 / 8);
    const value = (name: string) => Number(table.getChild(name)?.get(row));
    const fine = Array.from({ length: 8 }, (_, k) => row * 8 + k);
    expect({ time: value('time'), open: value('open'), high: value('high'), low: value('low') }).toEqual({
      time: bars.time[row * 8],
      open: bars.open[row * 8],
      high: Math.max(...fine.map((i) => bars.high[i]!)),
      low: Math.min(...fine.map((i) => bars.low[i]!)),
    });
    expect([value('close'), value('volume'), value('equity'), value('drawdown')]).toEqual([
      bars.close[row * 8 + 7],
      16,
      result.equity[row * 8 + 7],
      500 / 13_344 - 1,
    ]);
  });
});
