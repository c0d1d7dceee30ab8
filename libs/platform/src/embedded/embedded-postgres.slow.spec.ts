import { afterAll, describe, expect, test } from '@jest/globals';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getuid, pid } from 'node:process';
import pg from 'pg';
import { EmbeddedError, holdFolder, runningEmbeddedPostgres, startEmbeddedPostgres } from './index.js';
import { isAlive } from './process-table.js';

const folder = await mkdtemp(join(tmpdir(), 'quarry-embedded-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
}

test('data outlast a clean end, under the same passwords', async () => {
  const home = join(folder, 'lasting');
  const first = await startEmbeddedPostgres(home);
  await query(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  expect(await runningEmbeddedPostgres(home)).toEqual({ ownerUrl: first.ownerUrl, passwords: first.passwords });
  await first.stop();
  expect(await runningEmbeddedPostgres(home)).toBeNull();

  const second = await startEmbeddedPostgres(home);
  expect(second.passwords).toEqual(first.passwords);
  expect(await query(second.ownerUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await second.stop();
}, 60_000);

test('a server whose supervisor was killed is ended first, and nothing it had committed is lost', async () => {
  const home = join(folder, 'orphaned');
  const orphan = await startEmbeddedPostgres(home);
  await query(orphan.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const next = await startEmbeddedPostgres(home);
  expect([next.stoppedOrphan, isAlive(orphan.pid)]).toEqual([true, false]);
  expect(await query(next.ownerUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);

  process.kill(next.pid, 'SIGKILL');
  await next.ended;
  const last = await startEmbeddedPostgres(home);
  expect(await query(last.ownerUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await last.stop();
}, 60_000);

test('a lock file that names a process which is no PostgreSQL is no hindrance', async () => {
  const home = join(folder, 'reused');
  await (await startEmbeddedPostgres(home, true)).stop();
  await writeFile(join(home, 'postgres', 'postmaster.pid'), `${pid}\n${home}\n0\n5432\n\n127.0.0.1\n\nready\n`);
  const server = await startEmbeddedPostgres(home, true);
  expect(server.stoppedOrphan).toBe(false);
  await server.stop();
}, 60_000);

test('lost passwords are made anew', async () => {
  const home = join(folder, 'forgotten');
  await (await startEmbeddedPostgres(home, true)).stop();
  await rm(join(home, 'postgres.json'));
  const server = await startEmbeddedPostgres(home, true);
  expect(await query(server.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect((await stat(join(home, 'postgres.json'))).mode & 0o777).toBe(0o600);
  await server.stop();
}, 60_000);

test('a set-up that was cut short is begun anew', async () => {
  const home = join(folder, 'cut');
  await mkdir(join(home, 'postgres.partial', 'base'), { recursive: true });
  const server = await startEmbeddedPostgres(home, true);
  expect(await query(server.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await server.stop();
}, 60_000);

test('data of another major version are refused with the ways out, and left as they are', async () => {
  const home = join(folder, 'older');
  await mkdir(join(home, 'postgres'), { recursive: true });
  await writeFile(join(home, 'postgres', 'PG_VERSION'), '15\n');
  await expect(startEmbeddedPostgres(home)).rejects.toThrow(EmbeddedError);
  await expect(startEmbeddedPostgres(home)).rejects.toThrow(
    /made by PostgreSQL 15, and this Quarry brings 18.*QUARRY_HOME/,
  );
  expect(await readFile(join(home, 'postgres', 'PG_VERSION'), 'utf8')).toBe('15\n');
});

if (getuid?.() === 0) {
  test('as root, data below a folder that is closed to the user postgres are served all the same', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed, { mode: 0o700 });
    await chmod(closed, 0o700);
    const server = await startEmbeddedPostgres(join(closed, 'home'), true);
    expect(await query(server.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    const again = await startEmbeddedPostgres(join(closed, 'home'), true);
    await again.stop();
    expect((await stat(join(closed, 'home', 'postgres'))).uid).not.toBe(0);
  }, 60_000);
}

describe('holding a folder', () => {
  test('a second hold is told who holds it; after the release it is free', () => {
    const home = join(folder, 'held');
    const release = holdFolder(home);
    expect(() => holdFolder(home)).toThrow(`Quarry already runs on ${home} (process ${pid})`);
    release();
    holdFolder(home)();
  });

  test('what a dead process held is taken over, also where its id has come again', async () => {
    const home = join(folder, 'abandoned');
    await mkdir(home);
    for (const left of ['4194300 1', `${pid} 1`, 'rubbish', '']) {
      await writeFile(join(home, 'quarry.pid'), left);
      holdFolder(home)();
    }
  });
});
