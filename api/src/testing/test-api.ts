import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Role } from '@quarry/contracts';
import { openArtifactStore, type ArtifactStore } from '@quarry/platform/artifacts';
import { Database, hashPassword, migrate, roleUrl, traceFields } from '@quarry/platform/database';
import { startTemporaryPostgres, type EmbeddedPostgres } from '@quarry/platform/embedded';
import { migratePostgresQueue, openRunQueue } from '@quarry/platform/queue';
import { pino } from 'pino';
import { createApi } from '../api.js';
import { openMasterKeys } from '../keys/master-keys.js';

export interface Asked {
  readonly body?: unknown;
  readonly cookie?: string;
  readonly headers?: Record<string, string>;
}

export interface Person {
  readonly email: string;
  readonly password: string;
  readonly cookie: string;
  readonly refresh: string;
  readonly team: string;
}

/** A whole API over throw-away services of its own: a real PostgreSQL with the real queue, and a folder of artifacts. */
export class TestApi {
  private constructor(
    readonly server: EmbeddedPostgres,
    readonly app: NestExpressApplication,
    readonly url: string,
    /** As the API has it. */
    readonly database: Database,
    /** As a worker has it. */
    readonly worker: Database,
    readonly artifacts: ArtifactStore,
    readonly logged: readonly string[],
    /** Everything of it that lies in files. */
    readonly folder: string,
  ) {}

  static async start(studio?: (folder: string) => Promise<string>): Promise<TestApi> {
    const folder = await mkdtemp(join(tmpdir(), 'quarry-api-'));
    const server = await startTemporaryPostgres();
    const { ownerUrl, passwords } = server;
    await migrate(ownerUrl, passwords);
    await migratePostgresQueue(ownerUrl, ['quarry_app', 'quarry_worker']);
    const databaseUrl = roleUrl(ownerUrl, 'quarry_app', passwords.app);
    const database = await Database.connect(databaseUrl, { applicationName: 'api' });
    const worker = await Database.connect(roleUrl(ownerUrl, 'quarry_worker', passwords.worker), {
      applicationName: 'worker',
    });
    const queue = openRunQueue({ redisUrl: null, databaseUrl, lockMs: 10_000, stalledMs: 5_000 }, () => undefined);
    const artifacts = openArtifactStore({ kind: 'folder', directory: join(folder, 'artifacts') });
    const logged: string[] = [];
    const log = pino({ level: 'debug', mixin: traceFields }, { write: (line: string) => logged.push(line) });
    const app = await createApi(
      {
        database,
        queue,
        artifacts,
        log,
        maxUploadBytes: 1_048_576,
        masterKeys: openMasterKeys(null, folder),
        webhooksMayBePrivate: true,
        allowance: {
          userRequestsPerMinute: 100_000,
          requestsPerMinute: 100_000,
          concurrentSlices: 100,
          workerSecondsPerDay: 86_400,
          storageBytes: 2 ** 30,
        },
        signUpIsOpen: true,
        seedTeams: () => Promise.resolve(),
      },
      await (studio?.(folder) ?? Promise.resolve(join(folder, 'no-studio'))),
    );
    await app.listen(0, '127.0.0.1');
    return new TestApi(server, app, await app.getUrl(), database, worker, artifacts, logged, folder);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.worker.close();
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Asks as the studio does: JSON, the header against forgery, the session's cookie. */
  ask(method: string, path: string, { body, cookie, headers }: Asked = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        'x-quarry': '1',
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** Makes a team with one member and signs them in. */
  async person(role: Role, team?: string): Promise<Person> {
    const password = `${role} password`;
    const owner = await Database.connect(this.server.ownerUrl, { applicationName: 'owner', poolSize: 1 });
    const email = `${role}-${randomUUID()}@example.com`;
    const teamId = await owner.asStranger(async (stranger) => {
      const [made] = await stranger.rows<{ id: string }>(
        `INSERT INTO team (id, name) VALUES ($1, 'A team') ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING id`,
        [team ?? randomUUID()],
      );
      await stranger.rows(
        `WITH someone AS (INSERT INTO app_user (email, name) VALUES ($1, 'Someone') RETURNING id),
              secret AS (INSERT INTO credential (user_id, password_hash) SELECT id, $2 FROM someone)
         INSERT INTO membership (team_id, user_id, role) SELECT $3, id, $4 FROM someone`,
        [email, await hashPassword(password), made?.id, role],
      );
      return made?.id ?? '';
    });
    await owner.close();
    const cookies = await this.signIn({ email, password });
    return { email, password, cookie: cookies.access, refresh: cookies.refresh, team: teamId };
  }

  async signIn(credentials: { email: string; password: string; code?: string }): Promise<Cookies> {
    return cookiesOf(await this.ask('POST', '/api/session', { body: credentials }));
  }
}

export interface Cookies {
  readonly access: string;
  readonly refresh: string;
}

/** The two cookies of a session as a browser sends them back; empty where the answer sets none. */
export function cookiesOf(response: Response): Cookies {
  const [access = '', refresh = ''] = ['quarry_session', 'quarry_refresh'].map(
    (name) =>
      response.headers
        .getSetCookie()
        .find((cookie) => cookie.startsWith(name))
        ?.split(';')[0],
  );
  return { access, refresh };
}
