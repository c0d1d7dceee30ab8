import { randomUUID } from 'node:crypto';
import type { CreateStrategy, Strategy, StrategySource, StrategyVersion } from '@quarry/contracts';
import {
  queueRun,
  StrategyEntity,
  StrategyVersionEntity,
  type Database,
  type TeamScope,
} from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { strategyHash } from './strategy-hash.js';

/** A team's strategies and their immutable versions. Saving one starts the check run that reads it. */
export class Strategies {
  constructor(private readonly database: Database) {}

  list({ session }: Member): Promise<Strategy[]> {
    return this.database.inTeam(session.team.id, (scope) => strategiesOf(scope, null));
  }

  get({ session }: Member, id: string): Promise<Strategy> {
    return this.database.inTeam(session.team.id, (scope) => strategyOf(scope, id));
  }

  create({ session, actor }: Member, { name, source }: CreateStrategy): Promise<Strategy> {
    return this.database.inTeam(session.team.id, async (scope) => {
      const id = await addStrategy(scope, name, source, session.user.id);
      if (id === null)
        throw new DomainError('name-taken', `Your team already has a strategy named "${name}". Choose another name.`);
      await audit(scope, actor, 'strategy-made', { id, name });
      return strategyOf(scope, id);
    });
  }

  versions({ session }: Member, id: string): Promise<StrategyVersion[]> {
    return this.database.inTeam(session.team.id, async (scope) => {
      await strategyOf(scope, id);
      const versions = await scope
        .repository(StrategyVersionEntity)
        .find({ where: { strategyId: id }, order: { number: 'DESC' } });
      return versions.map(versionView);
    });
  }

  version({ session }: Member, id: string, hash: string): Promise<StrategyVersion> {
    return this.database.inTeam(session.team.id, (scope) => versionOf(scope, id, hash));
  }

  /** Saving a text that the strategy already has a version of answers that version, and makes it the latest. */
  save({ session, actor }: Member, id: string, source: StrategySource): Promise<StrategyVersion> {
    return this.database.inTeam(session.team.id, async (scope) => {
      const locked = await scope.rows('SELECT 1 FROM strategy WHERE id = $1 FOR UPDATE', [id]);
      if (locked.length === 0) throw notFound('strategy', id);

      const hash = strategyHash(source);
      const known = await scope.repository(StrategyVersionEntity).existsBy({ strategyId: id, hash });
      if (!known) await addVersion(scope, id, source, session.user.id);
      await scope.rows('UPDATE strategy SET latest_version = $2, updated_at = now() WHERE id = $1', [id, hash]);
      await audit(scope, actor, 'strategy-saved', { id, version: hash });
      return versionOf(scope, id, hash);
    });
  }
}

/** Answers the new strategy's id, or null where the name is taken. */
export async function addStrategy(
  scope: TeamScope,
  name: string,
  source: StrategySource,
  createdBy: string | null,
): Promise<string | null> {
  const [made] = await scope.rows<{ id: string }>(
    `INSERT INTO strategy (team_id, name, latest_version) VALUES ($1, $2, $3)
     ON CONFLICT (team_id, name) DO NOTHING RETURNING id`,
    [scope.teamId, name, strategyHash(source)],
  );
  if (!made) return null;
  await addVersion(scope, made.id, source, createdBy);
  return made.id;
}

async function addVersion(
  scope: TeamScope,
  strategyId: string,
  source: StrategySource,
  createdBy: string | null,
): Promise<void> {
  const hash = strategyHash(source);
  const checkRunId = randomUUID();
  const number = (await scope.repository(StrategyVersionEntity).maximum('number', { strategyId })) ?? 0;
  await scope
    .repository(StrategyVersionEntity)
    .insert({ teamId: scope.teamId, strategyId, hash, number: number + 1, source, checkRunId, createdBy });
  await queueRun(scope, { id: checkRunId, work: { kind: 'check', strategyVersion: hash }, createdBy, strategyId });
}

async function strategyOf(scope: TeamScope, id: string): Promise<Strategy> {
  const [strategy] = await strategiesOf(scope, id);
  if (!strategy) throw notFound('strategy', id);
  return strategy;
}

async function strategiesOf(scope: TeamScope, id: string | null): Promise<Strategy[]> {
  const rows = await scope.rows<
    StrategyEntity & { created_at: Date; updated_at: Date; latest_version: string; versions: number }
  >(
    `SELECT strategy.*, (SELECT count(*)::int FROM strategy_version WHERE strategy_id = strategy.id) AS versions
     FROM strategy WHERE $1::uuid IS NULL OR id = $1 ORDER BY lower(name)`,
    [id],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    latestVersion: row.latest_version,
    versionCount: row.versions,
  }));
}

async function versionOf(scope: TeamScope, strategyId: string, hash: string): Promise<StrategyVersion> {
  const version = await scope.repository(StrategyVersionEntity).findOneBy({ strategyId, hash });
  if (!version) throw notFound('strategy version', hash);
  return versionView(version);
}

function versionView(version: StrategyVersionEntity): StrategyVersion {
  return {
    hash: version.hash,
    strategyId: version.strategyId,
    number: version.number,
    source: version.source,
    createdAt: version.createdAt.toISOString(),
    checkRunId: version.checkRunId,
    check: version.checkReport,
  };
}
