import { randomUUID } from 'node:crypto';
import type { ApiToken, CreateApiToken, NewApiToken, Role, TokenScope } from '@quarry/contracts';
import type { Database, TeamScope } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { hashOf } from '../sessions/token.js';
import { freshTokenText, hintOf, isTokenText } from './token-text.js';

/** Tokens by which programs act for a member of a team. Nothing of one is remembered between requests, so revoking holds at once. */
export class ApiTokens {
  constructor(private readonly database: Database) {}

  /** One's own; an admin sees those of the whole team. */
  list({ session }: Member): Promise<ApiToken[]> {
    return this.database.inTeam(session.team.id, (scope) =>
      tokensOf(scope, { owner: session.role === 'admin' ? null : session.user.id, id: null }),
    );
  }

  make({ session: { team, user }, actor }: Member, { name, scope, days }: CreateApiToken): Promise<NewApiToken> {
    return this.database.inTeam(team.id, async (teamScope) => {
      const token = freshTokenText();
      const id = randomUUID();
      await teamScope.rows(
        `INSERT INTO api_token (id, team_id, user_id, name, scope, token_hash, hint, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, now() + $8 * interval '1 day')`,
        [id, team.id, user.id, name, scope, hashOf(token), hintOf(token), days],
      );
      await audit(teamScope, actor, 'api-token-made', { name, scope, hint: hintOf(token) });
      const [made] = await tokensOf(teamScope, { owner: user.id, id });
      if (!made) throw new Error('A token that was just written cannot be read.');
      return { token, made };
    });
  }

  async revoke({ session, actor }: Member, id: string): Promise<void> {
    await this.database.inTeam(session.team.id, async (scope) => {
      const [token] = await tokensOf(scope, { owner: session.role === 'admin' ? null : session.user.id, id });
      if (!token) throw notFound('API token', id);
      await scope.rows('DELETE FROM api_token WHERE id = $1', [id]);
      await audit(scope, actor, 'api-token-revoked', { name: token.name, hint: token.hint, owner: token.owner });
    });
  }

  /** Whom an Authorization header speaks for: the token's owner, with a role that its scope and theirs allow. Null for none. */
  async find(authorization: string): Promise<Member | null> {
    const text = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
    if (!isTokenText(text)) return null;

    const hash = hashOf(text);
    return this.database.byToken(
      hash,
      'SELECT team_id FROM api_token WHERE token_hash = $1 AND expires_at > now()',
      (scope) => memberBy(scope, hash),
    );
  }
}

interface OwnerRow {
  readonly id: string;
  readonly name: string;
  readonly scope: TokenScope;
  readonly is_stale: boolean;
  readonly user_id: string;
  readonly email: string;
  readonly user_name: string;
  readonly team_name: string;
  readonly role: Role;
  readonly runs_cluster: boolean;
}

async function memberBy(scope: TeamScope, hash: Buffer): Promise<Member | null> {
  const [row] = await scope.rows<OwnerRow>(
    `SELECT api_token.id, api_token.name, api_token.scope, app_user.id AS user_id, app_user.email,
       app_user.name AS user_name, team.name AS team_name, team.runs_cluster, membership.role,
       used_at IS NULL OR used_at < now() - interval '1 minute' AS is_stale
     FROM api_token
     JOIN membership USING (team_id, user_id)
     JOIN team ON team.id = api_token.team_id
     JOIN app_user ON app_user.id = api_token.user_id
     WHERE token_hash = $1`,
    [hash],
  );
  if (!row) return null;
  // To the minute: a program that asks often must not write as often.
  if (row.is_stale) await scope.rows('UPDATE api_token SET used_at = now() WHERE id = $1', [row.id]);
  return {
    session: {
      user: { id: row.user_id, email: row.email, name: row.user_name },
      team: { id: scope.teamId, name: row.team_name },
      role: roleUnder(row.scope, row.role),
      runsCluster: row.runs_cluster,
    },
    sessionId: null,
    tokenId: row.id,
    actor: { id: row.user_id, name: `${row.email}, by the API token ${row.name}` },
  };
}

/** A token gives no more than its owner has, and never an admin's rights. */
function roleUnder(scope: TokenScope, role: Role): Role {
  return scope === 'read' || role === 'viewer' ? 'viewer' : 'quant';
}

interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly scope: TokenScope;
  readonly hint: string;
  readonly owner: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly used_at: Date | null;
}

async function tokensOf(
  scope: TeamScope,
  { owner, id }: { readonly owner: string | null; readonly id: string | null },
): Promise<ApiToken[]> {
  const rows = await scope.rows<TokenRow>(
    `SELECT api_token.*, app_user.email AS owner FROM api_token JOIN app_user ON app_user.id = user_id
     WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::uuid IS NULL OR api_token.id = $2) ORDER BY api_token.created_at`,
    [owner, id],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scope: row.scope,
    hint: row.hint,
    owner: row.owner,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    usedAt: row.used_at?.toISOString() ?? null,
  }));
}
