import type { OneTimeLink, Role, Team, TeamMember } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { Database, TeamScope } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { openSession, type StartedSession } from '../sessions/open-session.js';
import { freshToken, hashOf } from '../sessions/token.js';
import { foundTeam } from './found-team.js';

const resetLinkHours = 24;

/** Teams and who is in them, with what role. A team keeps an admin as long as it lasts. */
export class Teams {
  constructor(
    private readonly database: Database,
    private readonly artifacts: ArtifactStore,
    private readonly seedTeams: () => Promise<void>,
  ) {}

  get({ session: { team } }: Member): Promise<Team> {
    return this.database.inTeam(team.id, (scope) => teamOf(scope));
  }

  /** Makes another team, whose admin the maker is, and goes on there. */
  async make(member: Member, name: string): Promise<StartedSession> {
    const userId = member.session.user.id;
    const started = await this.database.asStranger(async (stranger) => {
      await stranger.identify('user_id', userId);
      await stranger.rows('DELETE FROM session WHERE id = $1', [member.sessionId]);
      const teamId = await foundTeam(stranger, { name, userId, actor: member.actor });
      return (await openSession(stranger, userId, teamId)).started;
    });
    await this.seedTeams();
    return started;
  }

  rename({ session: { team }, actor }: Member, name: string): Promise<Team> {
    return this.database.inTeam(team.id, async (scope) => {
      await scope.rows('UPDATE team SET name = $2 WHERE id = $1', [team.id, name]);
      await audit(scope, actor, 'team-renamed', { from: team.name, to: name });
      return teamOf(scope);
    });
  }

  /** For good, with everything in it but its audit log. The name is asked for, so that nobody does it by accident. */
  async delete({ session: { team, runsCluster }, actor }: Member, name: string): Promise<void> {
    if (runsCluster) {
      throw new DomainError(
        'not-allowed',
        `The team ${team.name} runs this cluster, which would have nobody without it.`,
      );
    }
    await this.database.inTeam(team.id, async (scope) => {
      const { name: current } = await teamOf(scope);
      if (name !== current) {
        throw new DomainError(
          'bad-request',
          `The team's name is "${current}", not "${name}". Give its name to delete it.`,
        );
      }
      await scope.rows(
        `SELECT pg_notify('quarry_cancel', id::text) FROM run WHERE state IN ('queued', 'running') FOR UPDATE`,
      );
      await scope.rows('SELECT delete_current_team()');
      await audit(scope, actor, 'team-deleted', { name });
    });
    for (const { key } of await this.artifacts.list(`teams/${team.id}/`)) await this.artifacts.remove(key);
  }

  changeRole({ session: { team }, actor }: Member, userId: string, role: Role): Promise<TeamMember> {
    return this.database.inTeam(team.id, async (scope) => {
      const changed = await memberForChange(scope, userId, role);
      await scope.rows('UPDATE membership SET role = $2 WHERE user_id = $1', [userId, role]);
      await audit(scope, actor, 'role-changed', { email: changed.email, from: changed.role, to: role });
      return { ...changed, role };
    });
  }

  /** Their sessions and API tokens in this team end at once; what they made stays. */
  async remove({ session: { team }, actor }: Member, userId: string): Promise<void> {
    await this.database.inTeam(team.id, async (scope) => {
      const { email } = await memberForChange(scope, userId, null);
      await scope.rows('DELETE FROM membership WHERE team_id = $1 AND user_id = $2', [team.id, userId]);
      await audit(scope, actor, 'member-removed', { email });
    });
  }

  /**
   * A link by which a member chooses a new password, once. Who is in other teams too cannot be given one here: the link
   * would open those as well.
   */
  resetLink({ session: { team }, actor }: Member, userId: string): Promise<OneTimeLink> {
    return this.database.asStranger(async (stranger) => {
      const scope = await stranger.enter(team.id);
      const { email } = await memberOf(scope, userId);
      await stranger.identify('user_id', userId);
      const memberships = await stranger.rows('SELECT 1 FROM membership WHERE user_id = $1', [userId]);
      if (memberships.length > 1) {
        throw new DomainError(
          'not-allowed',
          `${email} is in other teams too, which a link of yours would open. Whoever runs Quarry can reset it: npm start -- reset-password ${email}`,
        );
      }
      const token = freshToken();
      const expiresAt = new Date(Date.now() + resetLinkHours * 3_600_000);
      await scope.rows('DELETE FROM password_reset WHERE user_id = $1 OR expires_at < now()', [userId]);
      await scope.rows(
        'INSERT INTO password_reset (token_hash, team_id, user_id, expires_at) VALUES ($1, $2, $3, $4)',
        [hashOf(token), team.id, userId, expiresAt],
      );
      await audit(scope, actor, 'password-reset-made', { email });
      return { path: `/reset-password#${token}`, expiresAt: expiresAt.toISOString() };
    });
  }
}

async function teamOf(scope: TeamScope): Promise<Team> {
  const [team] = await scope.rows<{ name: string }>('SELECT name FROM team WHERE id = $1', [scope.teamId]);
  return { id: scope.teamId, name: team?.name ?? '', members: await membersOf(scope) };
}

function membersOf(scope: TeamScope): Promise<TeamMember[]> {
  return scope.rows<TeamMember>(
    `SELECT app_user.id, email, name, role FROM membership JOIN app_user ON app_user.id = user_id
     WHERE team_id = $1 ORDER BY lower(name), email`,
    [scope.teamId],
  );
}

async function memberOf(scope: TeamScope, userId: string): Promise<TeamMember> {
  const member = (await membersOf(scope)).find(({ id }) => id === userId);
  if (!member) throw notFound('member', userId);
  return member;
}

/** Locks the team, so that two admins at once cannot demote each other, and refuses what would leave it without one. */
async function memberForChange(scope: TeamScope, userId: string, role: Role | null): Promise<TeamMember> {
  await scope.rows('SELECT 1 FROM team WHERE id = $1 FOR UPDATE', [scope.teamId]);
  const member = await memberOf(scope, userId);
  const admins = (await membersOf(scope)).filter((one) => one.role === 'admin');
  if (member.role === 'admin' && role !== 'admin' && admins.length === 1) {
    throw new DomainError(
      'last-admin',
      `${member.email} is the only admin of the team. Make another member admin first.`,
    );
  }
  return member;
}
