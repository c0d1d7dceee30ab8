import { readFileSync, readdirSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openDataset } from '../open-dataset.js';
import { ingestFile } from './ingest-file.js';
import { madeCsvs } from './made-csv.js';

jest.setTimeout(60_000);

const isFull = process.env['QUARRY_BARS'] === 'full';
const header = 'timestamp,open,high,low,close,volume\n';

function minutes(count: number): string {
  return header + rowsOfMinutes(0, count);
}

function rowsOfMinutes(from: number, to: number): string {
  const rows = Array.from({ length: to - from }, (_, k) => {
    const i = from + k;
    const price = 100 + ((i * 7919) % 1000) / 100;
    return `${new Date(1.1e12 + i * 60_000).toISOString()},${price},${price + 1},${price - 1},${price},${i % 50}`;
  });
  return rows.join('\n') + '\n';
}

/** Processes that this one started to read a file. */
function readerPids(): number[] {
  const text = (path: string) => {
    try {
      return readFileSync(path, 'latin1');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => text(`/proc/${pid}/cmdline`).includes('ingest/child.js'))
    .filter((pid) => text(`/proc/${pid}/stat`).split(') ')[1]?.split(' ')[1] === String(process.pid))
    .map(Number);
}

describe('a file that is read in a process of its own', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quarry-ingest-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const file = async (name: string, content: string | Buffer) => {
    const path = join(directory, name);
    await writeFile(path, content);
    return path;
  };
  const into = () => join(directory, 'sets', 'made');
  const leftovers = () => readdir(join(directory, 'sets')).catch(() => []);

  test('becomes a dataset folder, and its progress is told', async () => {
    const phases = new Set<string>();
    const made = await ingestFile(await file('btc.csv', minutes(50_000)), { name: 'btc' }, into(), {
      onProgress: (phase) => phases.add(phase),
    });
    expect(made).toMatchObject({ directory: into(), info: { name: 'btc', series: [{ symbol: 'BTC', rows: 50_000 }] } });
    expect([...phases]).toEqual(['read', 'check', 'store']);
    expect(await leftovers()).toEqual(['made']);
  });

  test('is refused by a sentence, and nothing is left', async () => {
    const failure = await ingestFile(await file('bad.csv', header + '2024-01-02,7\n'), { name: 'bad' }, into());
    expect(failure).toMatchObject({ code: 'data-refused' });
    expect(failure).toHaveProperty('message', expect.stringContaining('Row 2 has 2 cells, not 6'));
    expect(await leftovers()).toEqual([]);
  });

  test('a second one does not overwrite the first', async () => {
    const path = await file('btc.csv', minutes(10));
    await ingestFile(path, { name: 'btc' }, into());
    expect(await ingestFile(path, { name: 'btc' }, into())).toMatchObject({ code: 'data-refused' });
  });

  test('is ended within a second when it is cancelled, and nothing is left', async () => {
    const path = await file('large.csv', minutes(200_000));
    const controller = new AbortController();
    let cancelled = 0;
    const reading = ingestFile(path, { name: 'large' }, into(), {
      signal: controller.signal,
      onProgress: () => {
        cancelled ||= performance.now();
        controller.abort(new Error('cancelled by a person'));
      },
    });
    await expect(reading).rejects.toThrow('cancelled by a person');
    expect(performance.now() - cancelled).toBeLessThan(1000);
    expect(await leftovers()).toEqual([]);
  });

  test('is ended at its wall clock', async () => {
    const path = await file('large.csv', minutes(200_000));
    expect(await ingestFile(path, { name: 'large' }, into(), { limits: { wallMs: 50 } })).toMatchObject({
      code: 'data-refused',
      message: 'Reading large.csv took longer than 0.05 s and was ended. Split the file.',
    });
    expect(await leftovers()).toEqual([]);
  });

  test('is ended at its memory', async () => {
    const path = await file('large.csv', minutes(200_000));
    expect(await ingestFile(path, { name: 'large' }, into(), { limits: { memoryMb: 60 } })).toMatchObject({
      code: 'data-refused',
      message: 'Reading large.csv took more than 60 MiB of memory and was ended. Split the file.',
    });
  });

  test('is read again where its process died by a signal of others, and once more is a crash', async () => {
    const path = await file('large.csv', minutes(100_000));
    const killing = (times: number) => {
      const killed = new Set<number>();
      return () => {
        for (const pid of readerPids()) {
          if (killed.size >= times || killed.has(pid)) continue;
          killed.add(pid);
          process.kill(pid, 'SIGSEGV');
        }
      };
    };
    const made = await ingestFile(path, { name: 'large' }, into(), { onProgress: killing(1) });
    expect(made).toMatchObject({ info: { series: [{ rows: 100_000 }] } });
    const again = await ingestFile(path, { name: 'large' }, join(directory, 'again'), { onProgress: killing(2) });
    expect(again).toMatchObject({ code: 'crashed', message: expect.stringContaining('crashed twice (SIGSEGV)') });
  });

  test('of ten million zeros in a gzip is refused before it fills anything', async () => {
    const path = await file('zeros.csv.gz', gzipSync(Buffer.alloc(100_000_000, '0')));
    const failure = await ingestFile(path, { name: 'zeros' }, into());
    expect(failure).toHaveProperty('message', expect.stringContaining('is longer than 262144 characters'));
  });

  test('is opened by its path, once for the same bytes', async () => {
    const path = await file('my prices.csv', minutes(100));
    const sets = join(directory, 'sets');
    const first = await openDataset(path, sets);
    expect(await openDataset(path, sets)).toEqual(first);
    expect(await leftovers()).toEqual([expect.stringMatching(/^my_prices-[0-9a-f]{16}$/)]);
  });

  const corpus = madeCsvs(225).filter((_, k) => isFull || k % 22 === 0);
  test(`SAFETY bar 41${isFull ? '' : ', in short'}: ${corpus.length} files of as many dialects are read or refused by name within 10 s and 1 GB`, async () => {
    const ends: unknown[] = [];
    const limits = { wallMs: 10_000, memoryMb: 1000 };
    for (const [k, { bytes }] of corpus.entries()) {
      const read = await ingestFile(await file('bars.csv', bytes), { name: 'bars' }, join(directory, `made${k}`), {
        limits,
      });
      if ('code' in read) ends.push(`${read.code} ${read.message.includes('bars.csv')}`);
      else ends.push([read.info.quality.rowsRead, read.info.quality.rowsRefused]);
    }
    expect(ends).toEqual(corpus.map(({ present, bad }) => (bad === 'file' ? 'data-refused true' : [present, bad])));
  }, 600_000);

  const [rows, mostMb] = isFull ? [10_000_000, 1500] : [300_000, 300];
  test(`SAFETY bar 47${isFull ? '' : ', in short'}: ${rows} rows are read within ${mostMb} MB`, async () => {
    const path = await file('many.csv', header);
    for (let from = 0; from < rows; from += 100_000) await appendFile(path, rowsOfMinutes(from, from + 100_000));
    const read = await ingestFile(path, { name: 'many' }, into(), { limits: { memoryMb: mostMb } });
    expect(read).toMatchObject({ info: { quality: { rowsRead: rows, rowsKept: rows } } });
  }, 600_000);

  test('that is not there is said so', async () => {
    expect(await ingestFile(join(directory, 'none.csv'), { name: 'none' }, into())).toMatchObject({
      code: 'no-such-dataset',
    });
  });

  test('its rows come back from CSV as they went, by another writer of times', async () => {
    const text = minutes(1000);
    const one = await ingestFile(await file('a.csv', text), { name: 'a', symbol: 'S' }, join(directory, 'a'));
    const unixRows = text.replace(/^\d{4}-[^,]+/gm, (iso) => String(Date.parse(iso) / 1000));
    const two = await ingestFile(await file('b.csv', unixRows), { name: 'b', symbol: 'S' }, join(directory, 'b'));
    if ('code' in one || 'code' in two) throw new Error('refused');
    expect(two.info.version).toBe(one.info.version);
    expect(JSON.parse(await readFile(join(directory, 'a', 'dataset.json'), 'utf8'))).toEqual(one.info);
  });
});
