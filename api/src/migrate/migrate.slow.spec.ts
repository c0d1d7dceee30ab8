import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { openArtifactStore } from '@quarry/platform/artifacts';
import { Database, roleUrl } from '@quarry/platform/database';
import { startTemporaryPostgres, type EmbeddedPostgres } from '@quarry/platform/embedded';
import S3rver from 's3rver';

const program = fileURLToPath(new URL('../../dist/migrate/main.js', import.meta.url));
const place = {
  kind: 's3',
  bucket: 'quarry',
  region: 'us-east-1',
  credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  forcePathStyle: true,
} as const;

function migrate(env: Record<string, string>): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

describe('setting a system up', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let s3: S3rver;
  let endpoint: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarry-migrate-'));
    postgres = await startTemporaryPostgres();
    s3 = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: join(folder, 's3') });
    endpoint = `http://127.0.0.1:${(await s3.run()).port}`;
    env = {
      DATABASE_OWNER_URL: postgres.ownerUrl,
      DATABASE_APP_PASSWORD: 'of-the-api',
      DATABASE_WORKER_PASSWORD: 'of-the-workers',
      S3_BUCKET: place.bucket,
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY_ID: place.credentials.accessKeyId,
      S3_SECRET_ACCESS_KEY: place.credentials.secretAccessKey,
    };
  });

  afterAll(async () => {
    await s3.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('an empty server gets schema, roles and bucket, and says the first credentials once', async () => {
    const first = await migrate(env);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/Email {5}admin@quarry\.local\n {2}Password {2}\S{12,}\n/);
    await openArtifactStore({ ...place, endpoint }).ping();
    const database = await Database.connect(roleUrl(postgres.ownerUrl, 'quarry_app', 'of-the-api'), {
      applicationName: 'spec',
    });
    await database.ping();
    await database.close();

    const second = await migrate(env);
    expect(second).toEqual({ code: 0, stderr: '', stdout: 'Database and artifact store are up to date.\n' });
  });

  test('what is missing is named, all at once, and no secret is printed', async () => {
    const { code, stderr } = await migrate({ DATABASE_OWNER_URL: 'mysql://root:secret@db/quarry' });
    expect(code).toBe(2);
    expect(stderr).toContain('DATABASE_OWNER_URL');
    expect(stderr).toContain('DATABASE_APP_PASSWORD');
    expect(stderr).toContain('DATABASE_WORKER_PASSWORD');
  });

  test('a server that does not answer is a sentence', async () => {
    const { code, stderr } = await migrate({ ...env, DATABASE_OWNER_URL: 'postgres://owner:x@127.0.0.1:1/quarry' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Quarry was not set up: .*127\.0\.0\.1:1/);
    expect(stderr).not.toContain('    at ');
  });
});
