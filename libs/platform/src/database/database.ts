import { DataSource, type EntityManager } from 'typeorm';
import { DatasetEntity, DatasetVersionEntity } from './entities/dataset.js';
import { MembershipEntity, TeamEntity, UserEntity } from './entities/people.js';
import { ArtifactEntity, RunEntity, RunEventEntity, SliceAttemptEntity, SliceEntity } from './entities/run.js';
import { StrategyEntity, StrategyVersionEntity } from './entities/strategy.js';
import { listen, type Listener } from './listen.js';
import { SnakeNames } from './snake-names.js';
import { rowsOf, TeamScope } from './team-scope.js';

/** Runs one statement and answers its rows. */
export type Rows = <R>(sql: string, parameters?: readonly unknown[]) => Promise<R[]>;

export interface DatabaseOptions {
  /** Shown by the server beside each connection. */
  readonly applicationName: string;
  readonly poolSize?: number;
}

/**
 * The only door to the tables. It signs in as a role that owns nothing, and every statement runs in a transaction
 * that first says whose rows it may see; without that, row level security shows none.
 */
export class Database {
  private constructor(
    private readonly source: DataSource,
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  static async connect(url: string, { applicationName, poolSize = 10 }: DatabaseOptions): Promise<Database> {
    const source = new DataSource({
      type: 'postgres',
      url,
      applicationName,
      // The roles that serve may make none, and none is needed.
      installExtensions: false,
      poolSize,
      connectTimeoutMS: 5_000,
      // A process that stops in the middle of a transaction must not hold its locks against those who take over.
      extra: { idle_in_transaction_session_timeout: 5_000, lock_timeout: 10_000 },
      namingStrategy: new SnakeNames(),
      // An idle connection that breaks is replaced on next use; whoever uses a broken one gets the error.
      poolErrorHandler: () => undefined,
      entities: [
        TeamEntity,
        UserEntity,
        MembershipEntity,
        StrategyEntity,
        StrategyVersionEntity,
        DatasetEntity,
        DatasetVersionEntity,
        RunEntity,
        SliceEntity,
        SliceAttemptEntity,
        RunEventEntity,
        ArtifactEntity,
      ],
    });
    await source.initialize();
    return new Database(source, url, applicationName);
  }

  /** One transaction that sees the rows of this team and no other. */
  inTeam<T>(teamId: string, work: (scope: TeamScope) => Promise<T>): Promise<T> {
    return this.transaction(local('app.team_id', teamId), (manager) => work(new TeamScope(teamId, manager)));
  }

  /**
   * One transaction for someone whose team is not known yet. It sees no team's rows; `identify` opens single rows
   * by what was presented: a token's hash, an e-mail address, a user's id.
   */
  asStranger<T>(work: (stranger: Stranger) => Promise<T>): Promise<T> {
    return this.transaction('', (manager) => work(new Stranger(manager)));
  }

  /**
   * The same for whoever presents a token, of which this is the hash: `find` names the team in `team_id`, and the
   * transaction acts for that team from then on. Answers null where nothing is found.
   */
  byToken<R extends { team_id: string }, T>(
    hash: Buffer,
    find: string,
    work: (scope: TeamScope, found: R) => Promise<T>,
  ): Promise<T | null> {
    const hex = hash.toString('hex');
    return this.transaction(local('app.token_hash', hex), async (manager) => {
      const [found] = await rowsOf<R>(
        manager,
        `SELECT found.*, set_config('app.team_id', team_id::text, true) FROM (${find}) AS found`,
        [hash],
      );
      return found ? work(new TeamScope(found.team_id, manager), found) : null;
    });
  }

  /** One transaction that sees, for all teams, which slices wait and run, and the cluster's own tables; nothing that a team made. */
  asRelay<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
    return this.transaction(asRelayRole, (manager) => work((sql, parameters) => rowsOf(manager, sql, parameters)));
  }

  /** One transaction that changes the cluster, as `asRelay` does, and afterwards acts for the team that writes it down. */
  administer<T>(
    teamId: string,
    change: (rows: Rows) => Promise<T>,
    note: (scope: TeamScope) => Promise<void>,
  ): Promise<T> {
    return this.transaction(asRelayRole, async (manager) => {
      const changed = await change((sql, parameters) => rowsOf(manager, sql, parameters));
      await manager.query('SET LOCAL ROLE NONE');
      await setLocal(manager, 'app.team_id', teamId);
      await note(new TeamScope(teamId, manager));
      return changed;
    });
  }

  /** Sends a word to whoever listens on the channel. It may be lost: nothing may depend on its arrival. */
  async notify(channel: string, payload: string): Promise<void> {
    await this.source.query('SELECT pg_notify($1, $2)', [channel, payload]);
  }

  /** Hears notifications on a connection of its own, which is made anew when it breaks. */
  listen(channels: readonly string[], onNotification: (channel: string, payload: string) => void): Listener {
    return listen({ url: this.url, applicationName: `${this.applicationName}-listen`, channels, onNotification });
  }

  /** Resolves when the server answers; rejects with the reason otherwise. */
  async ping(): Promise<void> {
    await this.source.query('SELECT 1');
  }

  async close(): Promise<void> {
    await this.source.destroy();
  }

  /** `setting` says whose rows it may see. It goes to the server with the begin: most transactions are of one statement. */
  private async transaction<T>(setting: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.connect();
    } catch (error) {
      await runner.release();
      throw error;
    }
    try {
      await runner.query(`START TRANSACTION; ${setting}`);
      const result = await work(runner.manager);
      await runner.query('COMMIT');
      return result;
    } catch (error) {
      // Where the connection broke there is nothing to take back.
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

const asRelayRole = 'SET LOCAL ROLE quarry_relay';

/** A setting for the transaction. Values are ids and hashes: what else comes is no statement of ours. */
function local(setting: string, value: string): string {
  if (!/^[\w-]*$/.test(value)) throw new Error(`"${value}" is neither an id nor a hash.`);
  return `SELECT set_config('${setting}', '${value}', true)`;
}

/** See `Database.asStranger`. */
export class Stranger {
  constructor(private readonly manager: EntityManager) {}

  async identify(setting: 'token_hash' | 'sign_in_email' | 'user_id', value: string): Promise<void> {
    await setLocal(this.manager, `app.${setting}`, value);
  }

  /** From here on the transaction acts for this team. */
  async enter(teamId: string): Promise<TeamScope> {
    await setLocal(this.manager, 'app.team_id', teamId);
    return new TeamScope(teamId, this.manager);
  }

  rows<T>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return rowsOf<T>(this.manager, sql, parameters);
  }
}

async function setLocal(manager: EntityManager, setting: string, value: string): Promise<void> {
  await manager.query('SELECT set_config($1, $2, true)', [setting, value]);
}
