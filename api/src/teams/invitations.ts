import type { Invitation, Invite, JoinTeam, OneTimeLink, OpenedInvitation, Role } from '@quarry/contracts';
import { hashPassword, type Database, type Stranger, type TeamScope } from '@quarry/platform/database';
import { addUser, type Credentials } from '../accounts/credentials.js';
import { audit } from '../http/audit.js';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { openSession, type StartedSession } from '../sessions/open-session.js';
import type { SignInLimit } from '../sessions/sign-in-limit.js';
import { freshToken, hashOf } from '../sessions/token.js';

const invitationDays = 7;

/** Invitations into a team: made by admins, handed on as links, used once by the one with the address. */
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly credentials: Credentials,
    private readonly limit: SignInLimit,
  ) {}

  list({ session: { team } }: Member): Promise<Invitation[]> {
    return this.database.inTeam(team.id, async (scope) => {
      const rows = await scope.rows<InvitationRow>(
        'SELECT * FROM invitation WHERE expires_at > now() ORDER BY created_at',
      );
      return rows.map((row) => ({
        id: row.id,
        email: row.email,
        role: row.role,
        createdAt: row.created_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
      }));
    });
  }

  /** A second invitation of the same address takes the place of the first. */
  make({ session: { team }, actor }: Member, { email, role }: Invite): Promise<OneTimeLink> {
    return this.database.inTeam(team.id, async (scope) => {
      const [known] = await scope.rows(
        'SELECT 1 FROM membership JOIN app_user ON app_user.id = user_id WHERE team_id = $1 AND lower(email) = lower($2)',
        [team.id, email],
      );
      if (known)
        throw new DomainError('email-taken', `${email} is in the team already. Change the role there instead.`);
      const token = freshToken();
      const expiresAt = new Date(Date.now() + invitationDays * 24 * 3_600_000);
      await scope.rows('DELETE FROM invitation WHERE lower(email) = lower($1) OR expires_at < now()', [email]);
      await scope.rows(
        'INSERT INTO invitation (team_id, email, role, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5)',
        [team.id, email, role, hashOf(token), expiresAt],
      );
      await audit(scope, actor, 'member-invited', { email, role });
      return { path: `/join#${token}`, expiresAt: expiresAt.toISOString() };
    });
  }

  async withdraw({ session: { team }, actor }: Member, id: string): Promise<void> {
    await this.database.inTeam(team.id, async (scope) => {
      const [gone] = await scope.rows<{ email: string }>('DELETE FROM invitation WHERE id = $1 RETURNING email', [id]);
      if (!gone) throw notFound('invitation', id);
      await audit(scope, actor, 'invitation-withdrawn', { email: gone.email });
    });
  }

  /** What the link holds, for whoever holds it. */
  async open(token: string): Promise<OpenedInvitation> {
    const { email, role, team } = await this.database.asStranger(async (stranger) => {
      const { scope, invitation } = await invitationWith(stranger, token);
      const [row] = await scope.rows<{ name: string }>('SELECT name FROM team WHERE id = $1', [scope.teamId]);
      return { email: invitation.email, role: invitation.role, team: row?.name ?? '' };
    });
    return { email, role, team, known: (await this.credentials.userWith(email)) !== null };
  }

  /** Makes the account that was invited, and signs it in. */
  async signUp({ token, name, password }: JoinTeam, address: string): Promise<StartedSession> {
    await this.limit.count(address);
    const passwordHash = await hashPassword(password);
    return this.database.asStranger(async (stranger) => {
      const { scope, invitation } = await useInvitation(stranger, token);
      const userId = await addUser(stranger, { email: invitation.email, name, passwordHash });
      return join(stranger, scope, { userId, invitation });
    });
  }

  /** For one who has an account and is signed in by the address that was invited. */
  accept(member: Member, token: string): Promise<StartedSession> {
    const { id: userId, email } = member.session.user;
    return this.database.asStranger(async (stranger) => {
      await stranger.identify('user_id', userId);
      await stranger.rows('DELETE FROM session WHERE id = $1', [member.sessionId]);
      const { scope, invitation } = await useInvitation(stranger, token);
      if (invitation.email.toLowerCase() !== email.toLowerCase()) {
        throw new DomainError(
          'not-allowed',
          `The invitation is for ${invitation.email}, and you are signed in as ${email}. Sign in with that address.`,
        );
      }
      return join(stranger, scope, { userId, invitation });
    });
  }
}

interface InvitationRow {
  readonly id: string;
  readonly team_id: string;
  readonly email: string;
  readonly role: Role;
  readonly created_at: Date;
  readonly expires_at: Date;
}

interface Found {
  readonly scope: TeamScope;
  readonly invitation: InvitationRow;
}

async function invitationWith(stranger: Stranger, token: string): Promise<Found> {
  const hash = hashOf(token);
  await stranger.identify('token_hash', hash.toString('hex'));
  const [invitation] = await stranger.rows<InvitationRow>(
    'SELECT * FROM invitation WHERE token_hash = $1 AND expires_at > now()',
    [hash],
  );
  if (!invitation) throw notValid();
  return { invitation, scope: await stranger.enter(invitation.team_id) };
}

/** Of two who use it at once, one finds it gone. */
async function useInvitation(stranger: Stranger, token: string): Promise<Found> {
  const found = await invitationWith(stranger, token);
  const used = await found.scope.rows('DELETE FROM invitation WHERE id = $1 RETURNING 1', [found.invitation.id]);
  if (used.length === 0) throw notValid();
  return found;
}

async function join(
  stranger: Stranger,
  scope: TeamScope,
  { userId, invitation }: { readonly userId: string; readonly invitation: InvitationRow },
): Promise<StartedSession> {
  const { email, role } = invitation;
  await scope.rows('INSERT INTO membership (team_id, user_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    scope.teamId,
    userId,
    role,
  ]);
  const { started } = await openSession(stranger, userId, scope.teamId);
  await audit(scope, { id: userId, name: email }, 'member-joined', { email, role });
  return started;
}

function notValid(): DomainError {
  return new DomainError('link-not-valid', 'This invitation was used, withdrawn or has expired. Ask for a new one.');
}
