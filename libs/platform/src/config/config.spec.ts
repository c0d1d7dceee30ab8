import { describe, expect, test } from '@jest/globals';
import { resolve } from 'node:path';
import { ConfigError, readApiConfig, readStartConfig, readWorkerConfig } from './index.js';

const DATABASE_URL = 'postgres://quarry_app:secret@127.0.0.1:5432/quarry';

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  return [];
}

describe('the API', () => {
  test('needs only the database; the rest has defaults', () => {
    expect(readApiConfig({ DATABASE_URL })).toMatchObject({
      home: resolve('.quarry'),
      host: '127.0.0.1',
      port: 4600,
      signUpIsOpen: false,
      queue: { redisUrl: null, lockMs: 10_000, stalledMs: 5_000 },
      artifacts: { kind: 'folder', directory: resolve('.quarry/artifacts') },
    });
  });

  test('is told every wrong variable at once, with its value and the way out', () => {
    expect(problemsOf(() => readApiConfig({ PORT: '70000', REDIS_URL: 'localhost:6379' }))).toEqual([
      'DATABASE_URL is not set. Set it to a URL that begins with postgres:// or postgresql://.',
      'REDIS_URL is "localhost:6379", which is not a URL that begins with redis:// or rediss://. Correct it, or unset it for the default.',
      'PORT is "70000", which is not a whole number from 1 to 65,535. Correct it, or unset it for the default.',
    ]);
  });

  test('no message prints a password', () => {
    const env = { DATABASE_URL: 'mysql://me:hunter2@host/db' };
    expect(problemsOf(() => readApiConfig(env))).toEqual([
      'DATABASE_URL is "mysql://me:***@host/db", which is not a URL that begins with postgres:// or postgresql://. Correct it.',
    ]);
  });

  test('keeps artifacts in S3 where a bucket is named', () => {
    const env = { DATABASE_URL, S3_BUCKET: 'quarry', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key' };
    expect(readApiConfig(env).artifacts).toEqual({
      kind: 's3',
      bucket: 'quarry',
      endpoint: null,
      region: 'us-east-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
      forcePathStyle: true,
      publicEndpoint: null,
    });
  });

  test('half a pair of S3 credentials is refused', () => {
    const env = { DATABASE_URL, S3_BUCKET: 'quarry', S3_ACCESS_KEY_ID: 'id' };
    expect(problemsOf(() => readApiConfig(env))[0]).toContain('go together');
  });
});

test('a worker reads its lanes, its wall and its limits', () => {
  const env = { DATABASE_URL, LANES: '3', RUNNER_WALL_MIN: 'full', RUN_MEMORY_MB: '256', RUN_RESULT_MB: '8' };
  expect(readWorkerConfig(env)).toMatchObject({
    lanes: 3,
    wallMin: 'full',
    limits: { wallMs: 60_000, memoryMb: 256, resultBytes: 8 * 1024 * 1024 },
  });
});

test('an empty variable counts as unset: npm start then brings its own database', () => {
  expect(readStartConfig({ DATABASE_OWNER_URL: '', PORT: ' ' })).toMatchObject({ database: null, port: 4600 });
});

test.each([
  ['2', { min: 2, max: 2 }],
  ['1-4', { min: 1, max: 4 }],
])('%s worker processes are the least and the most of them', (WORKERS, range) => {
  expect(readStartConfig({ WORKERS }).workers.given).toEqual(range);
});

test.each(['0', '4-1', '1-65', 'many'])('%s worker processes are refused with the way out', (WORKERS) => {
  expect(problemsOf(() => readStartConfig({ WORKERS }))).toEqual([
    `WORKERS is "${WORKERS}", which is not a whole number from 1 to 64, or the least and the most of them, as in 1-4. Correct it, or unset it for the default.`,
  ]);
});
