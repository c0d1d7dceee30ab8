import { randomUUID } from 'node:crypto';
import type { AddProviderKey, ProviderKey } from '@quarry/contracts';
import type { Actor, Database, TeamScope } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import type { Envelope } from './envelope.js';
import type { SealedColumn } from './renew-sealed.js';

/** A team's keys of data vendors. Kept sealed, shown as a hint only; who opens one is written down. */
export class ProviderKeys {
  constructor(
    private readonly database: Database,
    private readonly envelope: Envelope,
  ) {}

  list({ session: { team } }: Member): Promise<ProviderKey[]> {
    return this.database.inTeam(team.id, (scope) => keysOf(scope, null));
  }

  add({ session: { team }, actor }: Member, { provider, name, key }: AddProviderKey): Promise<ProviderKey> {
    return this.database.inTeam(team.id, async (scope) => {
      const id = randomUUID();
      const made = await scope.rows(
        `INSERT INTO provider_key (id, team_id, provider, name, hint, sealed) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (team_id, name) DO NOTHING RETURNING 1`,
        [id, team.id, provider, name, hintOf(key), this.envelope.seal(Buffer.from(key), contextOf(id))],
      );
      if (made.length === 0) {
        throw new DomainError('name-taken', `Your team already has a provider key named "${name}". Choose another.`);
      }
      await audit(scope, actor, 'provider-key-added', { id, provider, name, hint: hintOf(key) });
      return keyOf(scope, id);
    });
  }

  async remove({ session: { team }, actor }: Member, id: string): Promise<void> {
    await this.database.inTeam(team.id, async (scope) => {
      const { name, hint } = await keyOf(scope, id);
      await scope.rows('DELETE FROM provider_key WHERE id = $1', [id]);
      await audit(scope, actor, 'provider-key-removed', { id, name, hint });
    });
  }

  /** The key itself, for a connector that acts for somebody; `purpose` says to the audit log what for. */
  open(teamId: string, actor: Actor, { id, purpose }: { id: string; purpose: string }): Promise<string> {
    return this.database.inTeam(teamId, async (scope) => {
      const { name, hint } = await keyOf(scope, id);
      const [row] = await scope.rows<{ sealed: Buffer }>(
        'UPDATE provider_key SET used_at = now() WHERE id = $1 RETURNING sealed',
        [id],
      );
      if (!row) throw notFound('provider key', id);
      const key = this.envelope.open(row.sealed, contextOf(id)).toString();
      await audit(scope, actor, 'provider-key-opened', { id, name, hint, purpose });
      return key;
    });
  }
}

export const sealedProviderKeys: SealedColumn = { table: 'provider_key', column: 'sealed', contextOf };

function contextOf(id: string): string {
  return `provider key ${id}`;
}

function hintOf(key: string): string {
  return `${key.slice(0, 4)}…${key.slice(-4)}`;
}

async function keyOf(scope: TeamScope, id: string): Promise<ProviderKey> {
  const [key] = await keysOf(scope, id);
  if (!key) throw notFound('provider key', id);
  return key;
}

async function keysOf(scope: TeamScope, id: string | null): Promise<ProviderKey[]> {
  const rows = await scope.rows<{
    id: string;
    provider: string;
    name: string;
    hint: string;
    created_at: Date;
    used_at: Date | null;
  }>(
    `SELECT id, provider, name, hint, created_at, used_at FROM provider_key WHERE $1::uuid IS NULL OR id = $1
     ORDER BY lower(name)`,
    [id],
  );
  return rows.map(({ id: keyId, provider, name, hint, created_at, used_at }) => ({
    id: keyId,
    provider,
    name,
    hint,
    createdAt: created_at.toISOString(),
    usedAt: used_at?.toISOString() ?? null,
  }));
}
