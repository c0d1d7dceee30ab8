import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  Bool,
  compressionRegistry,
  CompressionType,
  DateDay,
  Dictionary,
  Float64,
  Int32,
  Int64,
  makeData,
  makeVector,
  RecordBatchStreamWriter,
  Table,
  tableToIPC,
  TimestampMillisecond,
  TimestampNanosecond,
  Utf8,
  vectorFromArray,
  type Vector,
} from 'apache-arrow';
import type { IngestOptions } from '@quarry/contracts';
import { DataRefused } from '../data-refused.js';
import { ingestHere } from './ingest.js';

let folder: string;
let made = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-arrow-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function ingested(bytes: Uint8Array | string, options: Partial<IngestOptions> = {}, name = 'spy.arrow') {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return ingestHere(path, { name: 'bars', ...options }, join(folder, `read${made++}`));
}

const count = 500;
const start = Date.UTC(2024, 0, 2, 14, 30);
const steps = Array.from({ length: count }, (_, k) => k);
const price = (k: number) => 100 + ((k * 7919) % 1000) / 64;
const columns = {
  open: vectorFromArray(steps.map(price), new Float64()),
  high: vectorFromArray(
    steps.map((k) => price(k) + 1),
    new Float64(),
  ),
  low: vectorFromArray(
    steps.map((k) => price(k) - 1),
    new Float64(),
  ),
  close: vectorFromArray(steps.map(price), new Float64()),
  volume: vectorFromArray(
    steps.map((k) => BigInt(k)),
    new Int64(),
  ),
};
const times = vectorFromArray(
  steps.map((k) => start + k * 60_000),
  new TimestampMillisecond('UTC'),
);
const csv = [
  'timestamp,open,high,low,close,volume',
  ...steps.map((k) =>
    [new Date(start + k * 60_000).toISOString(), price(k), price(k) + 1, price(k) - 1, price(k), k].join(','),
  ),
  '',
].join('\n');
/** The same rows in three record batches. */
const table = (more: Record<string, Vector> = {}) => {
  const whole = new Table({ timestamp: times, ...columns, ...more });
  return whole.slice(0, 200).concat(whole.slice(200, 203), whole.slice(203));
};

test.each([
  ['a file', () => tableToIPC(table(), 'file')],
  ['a stream', () => tableToIPC(table(), 'stream')],
])('Arrow as %s is read, batch by batch, as the same rows of CSV are', async (_, bytes) => {
  const [arrow, text] = [await ingested(bytes()), await ingested(csv, {}, 'spy.csv')];
  expect([arrow.version, arrow.quality.rowsRead]).toEqual([text.version, count]);
});

test.each([
  ['zstd', CompressionType.ZSTD, (raw: Uint8Array) => zstdCompressSync(raw)],
  ['LZ4', CompressionType.LZ4_FRAME, storedLz4],
])('Arrow whose buffers are packed by %s is read', async (_, compressionType, encode) => {
  const decode = compressionRegistry.get(compressionType)?.decode;
  compressionRegistry.set(compressionType, { encode, ...(decode ? { decode } : {}) });
  const bytes = RecordBatchStreamWriter.writeAll(table(), { compressionType }).toUint8Array(true);
  const { version } = await ingested(bytes);
  expect(version).toBe((await ingested(csv, {}, 'spy.csv')).version);
});

/** An LZ4 frame of blocks that are stored as they are. */
function storedLz4(raw: Uint8Array): Uint8Array {
  const size = Buffer.alloc(4);
  size.writeUInt32LE((raw.length | 0x8000_0000) >>> 0);
  return Buffer.concat([Buffer.from('04224d18604000', 'hex'), ...(raw.length > 0 ? [size, raw] : []), Buffer.alloc(4)]);
}

test('nanoseconds, dates, symbols in a dictionary, truth values and what is missing are read as what they are', async () => {
  const nanos = makeVector(
    makeData({
      type: new TimestampNanosecond(),
      data: BigInt64Array.of(1_704_205_800_000_000_123n, 1_704_205_860_000_000_000n),
    }),
  );
  const two = (values: (number | null)[]) => vectorFromArray(values, new Float64());
  const prices = { open: two([1, 1]), high: two([2, 2]), low: two([1, 1]), close: two([1, 2]) };
  const fine = await ingested(
    tableToIPC(new Table({ ts: nanos, ...prices, halted: vectorFromArray([true, false], new Bool()) })),
  );
  expect([fine.series[0]!.from, fine.series[0]!.columns.slice(7), fine.quality.notes.join(' ')]).toEqual([
    1_704_205_800_000_000,
    ['halted'],
    expect.stringContaining('1 times had parts of a microsecond'),
  ]);

  const days = vectorFromArray([new Date('2024-01-02'), new Date('2024-01-02')], new DateDay());
  const names = vectorFromArray(['A', 'B'], new Dictionary(new Utf8(), new Int32()));
  const dated = await ingested(tableToIPC(new Table({ date: days, ticker: names, ...prices, close: two([1, null]) })));
  expect([dated.stamp, dated.series.map(({ symbol }) => symbol), dated.quality.refused]).toEqual([
    'session-date',
    ['A'],
    [{ row: 2, reason: 'has no number for close', text: expect.any(String) }],
  ]);
});

test.each([
  [
    'a file that is cut short',
    () => tableToIPC(table(), 'file').subarray(0, 5000),
    /^spy\.arrow cannot be read as Arrow \(/,
  ],
  [
    'a stream that is cut short',
    () => tableToIPC(table(), 'stream').subarray(0, 5000),
    /^spy\.arrow cannot be read as Arrow \(/,
  ],
  [
    'words where numbers should be',
    () =>
      tableToIPC(new Table({ ...columns, timestamp: times, close: vectorFromArray(steps.map(String), new Utf8()) })),
    /^Column close of spy\.arrow should hold numbers, but is of the type Utf8\. Store it as numbers\.$/,
  ],
  [
    'no row',
    () => tableToIPC(new Table({ ...columns, timestamp: times }).slice(0, 0)),
    /^spy\.arrow has no row of data\.$/,
  ],
  [
    'Feather of version 1',
    () => Buffer.from('FEA1 and more'),
    /^spy\.arrow is a Feather file of version 1\. Write it as version 2/,
  ],
])('%s is refused in a sentence', async (_, bytes, sentence) => {
  await expect(ingested(bytes())).rejects.toThrow(sentence);
});

test('Arrow that is damaged at random is read or refused in a sentence', async () => {
  const sound = [tableToIPC(table(), 'file'), tableToIPC(table(), 'stream')];
  let state = 7;
  const below = (n: number) =>
    Math.floor(((state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff) / 2 ** 31) * n);
  const wrong: string[] = [];
  for (let n = 0; n < 32; n++) {
    const bytes = Uint8Array.from(sound[n % 2]!);
    // Half of the damage in the description of what follows, where it does most harm.
    for (let k = 0; k < 4; k++) bytes[8 + below(n % 4 < 2 ? 900 : bytes.length - 8)] = below(256);
    const fault = await ingested(bytes).catch((error: unknown) => error);
    if (fault instanceof Error && !(fault instanceof DataRefused)) wrong.push(String(fault.stack));
  }
  expect(wrong).toEqual([]);
}, 30_000);
