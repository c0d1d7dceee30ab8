import { mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { Float64, Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ingestFile } from './ingest-file.js';
import { madeZip } from './made-zip.js';

const table = Buffer.from('date,close\n2024-01-02,1\n2024-01-03,2\n');
const megabyte = 1_000_000;

/** Members of a gzip file follow one another: what a hundred of 100 MB unpack to is 10 GB. */
function tenGigabytes(of: string): Buffer {
  const member = gzipSync(Buffer.alloc(100 * megabyte, of));
  return Buffer.concat(Array.from({ length: 100 }, () => member));
}

/** A file of this many bytes that takes no room on the disk. */
async function sparse(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  await file.write('date,close\n');
  await file.truncate(bytes);
  await file.close();
}

/** An Arrow stream whose record batch is said to be of so many bytes. */
function announcing(bytes: number): Buffer {
  const stream = Buffer.from(tableToIPC(new Table({ close: vectorFromArray([1, 2, 3], new Float64()) }), 'stream'));
  const said = stream.indexOf(Buffer.from([24, 0, 0, 0, 0, 0, 0, 0]), 160);
  stream.writeBigInt64LE(BigInt(bytes), said);
  return stream;
}

const bombs: readonly (readonly [string, string, () => Buffer, RegExp])[] = [
  ['a gzip of 10 GB of zeros', 'zeros.csv.gz', () => tenGigabytes('\0'), /holds zero bytes/],
  [
    'a gzip of 10 GB of rows',
    'rows.csv.gz',
    () => Buffer.concat([gzipSync(table), tenGigabytes('2024-01-02,1\n')]),
    /took more than 300 MiB of memory and was ended\. Split the file\.$/,
  ],
  [
    'a gzip of 244 KB with one line of 250 MB',
    'line.csv.gz',
    () => gzipSync(Buffer.alloc(250 * megabyte, 'x')),
    /is longer than 262144 characters: this is no table of bars/,
  ],
  [
    'a zstd of 500 MB of zeros',
    'zeros.csv.zst',
    () => zstdCompressSync(Buffer.alloc(500 * megabyte)),
    /holds zero bytes/,
  ],
  [
    'a zstd of 500 MB of rows',
    'rows.csv.zst',
    () => zstdCompressSync(Buffer.alloc(500 * megabyte, '2024-01-02,1\n')),
    /unpacks to more than 500 times its size|took more than 300 MiB of memory/,
  ],
  ['an Arrow file that announces 100 GB', 'long.arrow', () => announcing(100e9), /cannot be read as Arrow/],
  ['a gzip in a gzip', 'twice.csv.gz', () => gzipSync(gzipSync(table)), /is packed twice\. Unpack it once\./],
  [
    'a zip in a zip',
    'nested.zip',
    () => madeZip([{ name: 'inner.zip', body: madeZip([{ name: 'a.csv', body: table }]) }]),
    /is packed twice\. Unpack it once\./,
  ],
  [
    'a zip whose entries overlap',
    'overlap.zip',
    () => madeZip(['a.csv', 'b.csv', 'c.csv'].map((name, k) => ({ name, body: table, ...(k > 0 ? { at: 0 } : {}) }))),
    /holds 3 files \(a\.csv, b\.csv, c\.csv\)/,
  ],
  [
    'a zip of a million entries',
    'many.zip',
    () => madeZip([{ name: 'a.csv', body: table }], 1e6),
    /holds more than 1000 files\. Zip one table\./,
  ],
  [
    'a zip whose entry leaves its folder',
    'up.zip',
    () => madeZip([{ name: '../../x.csv', body: table }]),
    /holds \.\.\/\.\.\/x\.csv, a name that leaves the folder it is unpacked to/,
  ],
  [
    'a zip with a link',
    'link.zip',
    () => madeZip([{ name: 'a.csv', body: Buffer.from('/etc/passwd'), mode: 0o120777 }]),
    /holds a\.csv, which is a link\. Zip the table itself\./,
  ],
  [
    'a gzip that is cut short',
    'cut.csv.gz',
    () =>
      gzipSync(Buffer.concat(Array.from({ length: 3000 }, (_, k) => Buffer.from(`${k},${k * 7919}\n`)))).subarray(
        0,
        99,
      ),
    /cannot be unpacked: .*cut short or damaged/,
  ],
  ['a gzip by its first bytes only', 'wrong.csv.gz', () => Buffer.from('1f8b0800ffff', 'hex'), /cannot be unpacked/],
  ['0 bytes', 'empty.csv', () => Buffer.alloc(0), /is empty \(0 bytes\)/],
];

describe('SAFETY bar 43: refused by name, by a process that may take 300 MiB, with nothing left on the disk', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarry-bombs-'));
    await mkdir(join(folder, 'sets'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function refusal(name: string): Promise<string> {
    const limits = { memoryMb: 300, wallMs: 120_000 };
    const outcome = await ingestFile(join(folder, name), { name }, join(folder, 'sets', 'made'), { limits });
    expect(await readdir(join(folder, 'sets'))).toEqual([]);
    return 'code' in outcome ? `${outcome.code}: ${outcome.message}` : 'was read';
  }

  test.each(bombs)('%s', async (_, name, made, reason) => {
    await writeFile(join(folder, name), made());
    const message = await refusal(name);
    expect(message).toMatch(new RegExp(`^data-refused: .*${name.replace(/(\.gz|\.zip)$/, '')}`));
    expect(message).toMatch(reason);
  });

  test('a single line of 2 GB', async () => {
    await sparse(join(folder, 'long.csv'), 2e9);
    expect(await refusal('long.csv')).toMatch(/^data-refused: long\.csv holds zero bytes/);
  });
});
