import { createHash, randomBytes } from 'node:crypto';
import type { Session, SignIn } from '@quarry/contracts';
import { hashPassword, verifyPassword, type Database, type Role } from '@quarry/platform/database';
import { DomainError } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import type { SignInLimit } from './sign-in-limit.js';

const lifeMs = 7 * 24 * 3_600_000;

export interface StartedSession {
  readonly token: string;
  readonly expires: Date;
  readonly session: Session;
}

interface SessionRow {
  readonly user_id: string;
  readonly email: string;
  readonly user_name: string;
  readonly team_id: string;
  readonly team_name: string;
  readonly role: Role;
}

/** Sign-in by password, and the sessions it starts. A session's token leaves once, in its cookie; its hash is kept. */
export class Sessions {
  private readonly nobody = hashPassword(randomBytes(16).toString('hex'));

  constructor(
    private readonly database: Database,
    private readonly limit: SignInLimit,
  ) {}

  /** An unknown address and a wrong password get the same answer after the same work. */
  async start({ email, password }: SignIn, address: string): Promise<StartedSession> {
    await this.limit.count(email, address);
    const user = await this.userByEmail(email);
    const matches = await verifyPassword(password, user?.password_hash ?? (await this.nobody));
    if (!user || !matches) throw new DomainError('not-signed-in', 'The e-mail address or the password is wrong.');

    const token = randomBytes(32).toString('base64url');
    const expires = new Date(Date.now() + lifeMs);
    return this.database.asStranger(async (stranger) => {
      await stranger.identify('user_id', user.id);
      const [membership] = await stranger.rows<{ team_id: string }>(
        'SELECT team_id FROM membership WHERE user_id = $1 ORDER BY team_id LIMIT 1',
        [user.id],
      );
      if (!membership) throw new DomainError('not-allowed', 'You are in no team. Ask an admin to add you to one.');

      const scope = await stranger.enter(membership.team_id);
      const tokenHash = hashOf(token);
      await scope.rows('DELETE FROM session WHERE expires_at < now()');
      await scope.rows('INSERT INTO session (team_id, user_id, token_hash, expires_at) VALUES ($1, $2, $3, $4)', [
        membership.team_id,
        user.id,
        tokenHash,
        expires,
      ]);
      const session = await sessionByHash((sql, parameters) => scope.rows(sql, parameters), tokenHash);
      if (!session) throw new Error('A session that was just written cannot be read.');
      return { token, expires, session };
    });
  }

  /** Whose token this is; null for one that is unknown, ended or expired. */
  async find(token: string): Promise<Member | null> {
    const sessionHash = hashOf(token);
    return this.database.asStranger(async (stranger) => {
      await stranger.identify('session_hash', sessionHash.toString('hex'));
      const [found] = await stranger.rows<{ team_id: string; user_id: string }>(
        'SELECT team_id, user_id FROM session WHERE token_hash = $1 AND expires_at > now()',
        [sessionHash],
      );
      if (!found) return null;

      await stranger.identify('user_id', found.user_id);
      const scope = await stranger.enter(found.team_id);
      const session = await sessionByHash((sql, parameters) => scope.rows(sql, parameters), sessionHash);
      return session && { session, sessionHash };
    });
  }

  async end(member: Member): Promise<void> {
    await this.database.inTeam(member.session.team.id, (scope) =>
      scope.rows('DELETE FROM session WHERE token_hash = $1', [member.sessionHash]),
    );
  }

  private userByEmail(email: string): Promise<{ id: string; password_hash: string } | undefined> {
    return this.database.asStranger(async (stranger) => {
      await stranger.identify('sign_in_email', email);
      const [user] = await stranger.rows<{ id: string; password_hash: string }>(
        'SELECT id, password_hash FROM app_user WHERE lower(email) = lower($1)',
        [email],
      );
      return user;
    });
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

type Rows = (sql: string, parameters: readonly unknown[]) => Promise<SessionRow[]>;

async function sessionByHash(rows: Rows, tokenHash: Buffer): Promise<Session | null> {
  const [row] = await rows(
    `SELECT app_user.id AS user_id, app_user.email, app_user.name AS user_name, team.id AS team_id,
       team.name AS team_name, membership.role
     FROM session
     JOIN membership USING (team_id, user_id)
     JOIN team ON team.id = session.team_id
     JOIN app_user ON app_user.id = session.user_id
     WHERE session.token_hash = $1`,
    [tokenHash],
  );
  return row
    ? {
        user: { id: row.user_id, email: row.email, name: row.user_name },
        team: { id: row.team_id, name: row.team_name },
        role: row.role,
      }
    : null;
}
