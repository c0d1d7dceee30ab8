import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import S3rver from 's3rver';
import type { ArtifactStore } from './artifact-store.js';
import { FolderArtifactStore } from './folder-store.js';
import { openArtifactStore } from './index.js';

const folder = await mkdtemp(join(tmpdir(), 'quarry-artifacts-'));

const stores = [
  {
    name: 'a folder',
    start: async () => ({
      store: openArtifactStore({ kind: 'folder', directory: join(folder, 'local') }),
      stop: async () => undefined,
    }),
  },
  {
    name: 'S3',
    start: async () => {
      const server = new S3rver({
        address: '127.0.0.1',
        port: 0,
        silent: true,
        directory: join(folder, 's3'),
      });
      const address = await server.run();
      const store = openArtifactStore({
        kind: 's3',
        bucket: 'quarry',
        endpoint: `http://127.0.0.1:${address.port}`,
        region: 'us-east-1',
        credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
        forcePathStyle: true,
        publicEndpoint: `http://127.0.0.1:${address.port}`,
      });
      return { store, stop: () => server.close() };
    },
  },
];

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(stores)('artifacts in $name', ({ start }) => {
  let store: ArtifactStore;
  let stop: () => Promise<unknown>;

  beforeAll(async () => {
    ({ store, stop } = await start());
    await store.prepare();
  });

  afterAll(() => stop());

  async function bytesOf(key: string, range?: { start: number; end: number }) {
    const found = await store.read(key, range);
    if (!found) return null;
    const bytes = await buffer(found.body);
    return { text: bytes.toString(), bytes: found.bytes, totalBytes: found.totalBytes };
  }

  test('SAFETY bar 39: a link fetches its object with its type and name until its time is over', async () => {
    await store.put('runs/1/a=b+c.txt', Buffer.from('mine'), 'text/plain');
    const terms = { contentType: 'text/csv', disposition: `attachment; filename="a.csv"` };
    const link = await store.link('runs/1/a=b+c.txt', { ...terms, seconds: 60 });
    if (link === null) {
      expect(store).toBeInstanceOf(FolderArtifactStore);
      return;
    }
    const got = await fetch(link);
    const headers = ['content-type', 'content-disposition'].map((name) => got.headers.get(name));
    expect([await got.text(), ...headers]).toEqual(['mine', 'text/csv', 'attachment; filename="a.csv"']);
    const late = (await store.link('runs/1/a=b+c.txt', { ...terms, seconds: 1 }))!;
    await pause(1500);
    expect((await fetch(late)).status).toBe(403);
  });

  test('a place that is there already is prepared as it is', async () => {
    await store.put('runs/0/kept.txt', Buffer.from('kept'), 'text/plain');
    await store.prepare();
    expect(await bytesOf('runs/0/kept.txt')).toMatchObject({ text: 'kept' });
  });

  test('answers a ping', async () => {
    await expect(store.ping()).resolves.toBeUndefined();
  });

  test('bytes come back as they went in', async () => {
    expect(await store.put('runs/1/report.json', Buffer.from('{"a":1}'), 'application/json')).toBe(7);
    expect(await bytesOf('runs/1/report.json')).toEqual({ text: '{"a":1}', bytes: 7, totalBytes: 7 });
  });

  test('nothing at all may be an artifact', async () => {
    expect(await store.put('empty', Readable.from([]), 'text/plain')).toBe(0);
    expect(await bytesOf('empty')).toEqual({ text: '', bytes: 0, totalBytes: 0 });
  });

  test('a stream larger than one part is stored whole and counted', async () => {
    const chunk = randomBytes(1024 * 1024);
    const stream = Readable.from(Array.from({ length: 12 }, () => chunk));
    expect(await store.put('big', stream, 'application/octet-stream')).toBe(12 * chunk.length);
    const found = await store.read('big');
    const bytes = await buffer(found!.body);
    expect(bytes.equals(Buffer.concat(Array.from({ length: 12 }, () => chunk)))).toBe(true);
  });

  test('a range answers its bytes and the whole length; what lies behind the end is cut', async () => {
    await store.put('range', Buffer.from('0123456789'), 'text/plain');
    expect(await bytesOf('range', { start: 2, end: 4 })).toEqual({ text: '234', bytes: 3, totalBytes: 10 });
    expect(await bytesOf('range', { start: 8, end: 99 })).toEqual({ text: '89', bytes: 2, totalBytes: 10 });
    expect(await bytesOf('range', { start: 10, end: 12 })).toEqual({ text: '', bytes: 0, totalBytes: 10 });
  });

  test('a stream that breaks leaves nothing under its key', async () => {
    const broken = Readable.from(
      (async function* () {
        yield randomBytes(6 * 1024 * 1024);
        throw new Error('the source broke');
      })(),
    );
    await expect(store.put('broken', broken, 'text/plain')).rejects.toThrow('the source broke');
    expect([await store.read('broken'), await store.list('broken')]).toEqual([null, []]);
  });

  test('an unknown key is null; removing it, or removing twice, is no error', async () => {
    await store.put('gone', Buffer.from('x'), 'text/plain');
    await store.remove('gone');
    await store.remove('gone');
    expect(await store.read('gone')).toBeNull();
    expect(await store.read('gone', { start: 0, end: 1 })).toBeNull();
  });

  test('a list holds the keys with the prefix, in order, with their sizes', async () => {
    for (const key of ['list/b', 'list/a/2', 'list/a/1', 'listed'])
      await store.put(key, Buffer.from(key), 'text/plain');
    const sizes = (await store.list('list/')).map(({ key, bytes }) => [key, bytes]);
    expect(sizes).toEqual([
      ['list/a/1', 8],
      ['list/a/2', 8],
      ['list/b', 6],
    ]);
    expect((await store.list('list/a/1')).map(({ key }) => key)).toEqual(['list/a/1']);
    expect(await store.list('nothing/here')).toEqual([]);
    expect(Math.abs(Date.now() - (await store.list('listed'))[0]!.modifiedAt.getTime())).toBeLessThan(60_000);
  });

  test.each([
    '',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a//b',
    'a/',
    '.',
    './a',
    'a\\b',
    'a\u0000b',
    'a b',
    'x'.repeat(513),
  ])('%j is no key', async (key) => {
    await expect(store.put(key, Buffer.from('x'), 'text/plain')).rejects.toThrow(RangeError);
    await expect(store.read(key)).rejects.toThrow(RangeError);
  });
});

test('a folder keeps no unfinished files', async () => {
  expect(await readdir(join(folder, 'local', 'unfinished'))).toEqual([]);
});
