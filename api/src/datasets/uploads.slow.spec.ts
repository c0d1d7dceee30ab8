import { readdir, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Dataset, Problem, Upload } from '@quarry/contracts';
import { SmallDisk } from '@quarry/platform/embedded';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';

const here = specDesk();
const text = 'date,close\n2020-01-01,1\n2020-01-02,2\n';

async function received({ id }: Upload): Promise<number> {
  return (await json<Upload>(here.desk.ask('GET', `/api/uploads/${id}`))).received;
}

/** Sends the beginning of the file and breaks the connection, later each time, until some of it has arrived. */
async function breakOff(upload: Upload, sent: string): Promise<void> {
  for (let ms = 100; (await received(upload)) === 0; ms *= 2) {
    const broken = request(`${here.api.url}/api/uploads/${upload.id}`, {
      method: 'PATCH',
      headers: {
        'x-quarry': '1',
        cookie: here.desk.person.cookie,
        'upload-offset': '0',
        'content-length': text.length,
      },
    });
    broken.on('error', () => undefined);
    broken.write(sent);
    await pause(ms);
    broken.destroy();
    await pause(ms);
  }
}

/** Waits until so many bytes of a piece that is on its way lie in the store. */
async function untilStored(bytes: number): Promise<void> {
  const folder = join(here.api.folder, 'artifacts', 'unfinished');
  const sizeOf = (name: string) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    );
  for (;;) {
    const names = await readdir(folder).catch(() => []);
    if ((await Promise.all(names.map(sizeOf))).includes(bytes)) return;
    await pause(10);
  }
}

function ingest({ id }: Upload, more: object): Promise<Response> {
  return here.desk.ask('POST', `/api/uploads/${id}/dataset`, { body: { options: { name: randomUUID() }, ...more } });
}

/** The bytes that the dataset's ingest run would read. */
async function bytesOf({ ingestRunId }: Dataset): Promise<string> {
  const { work } = await here.desk.claimOf(ingestRunId);
  if (work.kind !== 'ingest' || work.input.from !== 'upload') throw new Error('This is no ingest of an upload.');
  const pieces = await Promise.all(work.input.keys.map((key) => here.api.artifacts.read(key)));
  return (await Promise.all(pieces.map((piece) => new Response(piece!.body as never).text()))).join('');
}

test('an upload that breaks off goes on from what has arrived, and its pieces are one file', async () => {
  const upload = await here.desk.beginUpload(text.length);
  await breakOff(upload, text.slice(0, 15));
  const asked = await here.desk.ask('HEAD', `/api/uploads/${upload.id}`);
  const offset = Number(asked.headers.get('upload-offset'));
  const early = await status(ingest(upload, {}));
  await here.desk.sendPiece(upload, offset, text.slice(offset, 30));
  await here.desk.sendPiece(upload, 30, text.slice(30));
  const dataset = await json<Dataset>(ingest(upload, {}));
  expect([offset, asked.headers.get('upload-length'), early]).toEqual([15, String(text.length), 409]);
  expect(await bytesOf(dataset)).toBe(text);
  expect(await status(here.desk.ask('GET', `/api/uploads/${upload.id}`))).toBe(404);
}, 30_000);

test('of pieces that begin at one place one is kept, and the others hear where to go on', async () => {
  const upload = await here.desk.beginUpload(text.length);
  const before = (await here.api.artifacts.list(`teams/${here.desk.person.team}/uploads`)).length;
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, k) => here.desk.sendPiece(upload, 0, text.slice(0, 10 + k))),
  );
  const [kept] = answers.filter(({ ok }) => ok);
  const { received: offset } = (await kept!.json()) as Upload;
  const late = await here.desk.sendPiece(upload, 0, text);
  const problem = (await late.json()) as Problem;
  expect([answers.map((answer) => answer.status).sort(), await received(upload)]).toEqual([
    [200, 409, 409, 409, 409, 409],
    offset,
  ]);
  expect([problem.code, late.headers.get('upload-offset'), problem.detail]).toEqual([
    'wrong-offset',
    String(offset),
    `Of prices.csv, ${offset} of ${text.length} bytes have arrived. Send what follows, with Upload-Offset: ${offset}.`,
  ]);
  expect((await here.api.artifacts.list(`teams/${here.desk.person.team}/uploads`)).length).toBe(before + 1);
});

test('uploads that are no dataset yet are listed with what the file was, so that they can be gone on with', async () => {
  const modifiedAt = '2024-01-02T03:04:05.678Z';
  const body = { fileName: 'later.csv', bytes: text.length, modifiedAt };
  const upload = await json<Upload>(here.desk.ask('POST', '/api/uploads', { body }));
  await here.desk.sendPiece(upload, 0, text.slice(0, 5));
  const listed = async () => json<Upload[]>(here.desk.ask('GET', '/api/uploads'));
  const [first] = await listed();
  await here.desk.sendPiece(upload, 5, text.slice(5));
  await status(ingest(upload, {}));
  expect([first, (await listed()).some(({ id }) => id === upload.id)]).toEqual([
    { ...upload, received: 5, modifiedAt, expiresAt: expect.any(String) },
    false,
  ]);
});

test('a piece waits for the one before it, and is refused unread where that one has got further', async () => {
  const upload = await here.desk.beginUpload(text.length);
  const slow = request(`${here.api.url}/api/uploads/${upload.id}`, {
    method: 'PATCH',
    headers: { 'x-quarry': '1', cookie: here.desk.person.cookie, 'upload-offset': '0', 'content-length': text.length },
  });
  slow.on('error', () => undefined);
  slow.write(text.slice(0, 15));
  const folder = `teams/${here.desk.person.team}/uploads/${upload.id}`;
  await untilStored(15);
  const second = here.desk.sendPiece(upload, 0, text);
  const first = await Promise.race([second.then(() => 'answered'), pause(300).then(() => 'waits')]);
  const stored = (await here.api.artifacts.list(folder)).length;
  slow.destroy();
  expect([first, stored, await status(second), await received(upload)]).toEqual(['waits', 0, 409, 15]);
  expect((await here.api.artifacts.list(folder)).length).toBe(1);
});

test('a piece beyond the announced bytes is refused whole; so is a file that is too large, before a byte of it', async () => {
  const upload = await here.desk.beginUpload(10);
  const beyond = await json<Problem>(here.desk.sendPiece(upload, 0, 'x'.repeat(11)));
  const large = await here.desk.ask('POST', '/api/uploads', { body: { fileName: 'a.csv', bytes: 1_048_577 } });
  const noOffset = await json<Problem>(here.desk.ask('PATCH', `/api/uploads/${upload.id}`));
  expect([beyond.detail, await received(upload), large.status, noOffset.detail]).toEqual([
    'prices.csv was announced with 10 bytes; the piece at 0 goes beyond them. Begin another upload.',
    0,
    413,
    'Upload-Offset is missing. Say at which byte the piece begins, such as 0.',
  ]);
});

test('SAFETY bar 39: what a file is called is no part of where it lies; a name with a path or a line end is refused', async () => {
  const begin = (fileName: string) => here.desk.ask('POST', '/api/uploads', { body: { fileName, bytes: text.length } });
  const refused = await Promise.all(
    ['../../x.csv', '..', 'a/b.csv', 'a\\b.csv', 'a\r\nSet-Cookie: x', '\0'].map((name) => status(begin(name))),
  );
  const upload = await json<Upload>(begin('цены 📈.csv'));
  await here.desk.sendPiece(upload, 0, text);
  const [piece] = await here.api.artifacts.list(`teams/${here.desk.person.team}/uploads/${upload.id}`);
  expect([refused, upload.fileName]).toEqual([refused.map(() => 400), 'цены 📈.csv']);
  expect(piece?.key).toMatch(/^teams\/[0-9a-f-]{36}\/uploads\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
});

test('an abandoned upload leaves nothing', async () => {
  const upload = await here.desk.beginUpload(text.length);
  await here.desk.sendPiece(upload, 0, text);
  const keys = () => here.api.artifacts.list(`teams/${here.desk.person.team}/uploads/${upload.id}`);
  const there = (await keys()).length;
  const answers = [1, 2].map(() => () => status(here.desk.ask('DELETE', `/api/uploads/${upload.id}`)));
  expect([there, await answers[0]!(), await answers[1]!(), (await keys()).length]).toEqual([1, 204, 404, 0]);
});

const testOnSmallDisk = SmallDisk.canBeMade() ? test : test.skip;

testOnSmallDisk(
  'a full disk is told as 503 with when to try again; nothing half-written stays, and with room the upload goes on',
  async () => {
    const upload = await here.desk.beginUpload(200_000);
    const folder = join(here.api.folder, 'artifacts');
    const disk = SmallDisk.over(folder, 65_536);
    try {
      const refused = await here.desk.sendPiece(upload, 0, 'x'.repeat(200_000));
      const problem = (await refused.json()) as Problem;
      const whole = await json<Problem>(here.desk.upload(randomUUID(), 'x'.repeat(200_000)));
      const left = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
      expect([refused.status, refused.headers.get('retry-after'), problem.code, whole.code]).toEqual([
        503,
        '60',
        'disk-full',
        'disk-full',
      ]);
      expect([
        problem.detail.startsWith('The disk is full: nothing of this was kept'),
        left,
        await received(upload),
      ]).toEqual([true, [], 0]);
      disk.grow(1_048_576);
      expect(await status(here.desk.sendPiece(upload, 0, 'x'.repeat(200_000)))).toBe(200);
    } finally {
      disk.remove();
    }
  },
);
