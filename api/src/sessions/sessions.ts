import { randomBytes } from 'node:crypto';
import type { SignIn } from '@quarry/contracts';
import type { Actor, Database, Stranger, TeamScope } from '@quarry/platform/database';
import type { Credentials } from '../accounts/credentials.js';
import type { TwoStep } from '../accounts/two-step.js';
import { audit } from '../http/audit.js';
import { DomainError } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { givePair, openSession, startedWith, type StartedSession } from './open-session.js';
import { sessionView } from './session-view.js';
import type { SignInLimit } from './sign-in-limit.js';
import type { SignInLock } from './sign-in-lock.js';
import { hashOf, successorOf } from './token.js';

/** Within so long, a refresh token that was just replaced still answers its successor: tabs ask at the same time. */
const graceMs = 10_000;

/** Sign-in, and the sessions it starts: families of short access tokens, each pair replaced by one successor. */
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly credentials: Credentials,
    private readonly twoStep: TwoStep,
    private readonly limit: SignInLimit,
    private readonly lock: SignInLock,
  ) {}

  /** An unknown address and a wrong password get the same answer after the same work. */
  async start({ email, password, code }: SignIn, address: string): Promise<StartedSession> {
    await this.limit.count(address, email);
    const locks = await this.lock.count(email);
    const userId = await this.credentials.userWith(email);
    const matches = await this.credentials.matches(userId, password);
    if (userId === null || !matches) {
      if (userId !== null && locks) await this.tellOfLock(userId, email);
      throw new DomainError('not-signed-in', 'The e-mail address or the password is wrong.');
    }
    if (await this.twoStep.isOn(userId)) {
      if (code === undefined) {
        await this.lock.takeBack(email);
        throw new DomainError('code-needed', 'Enter the six digits of your authenticator, or a recovery code.');
      }
      if (!(await this.twoStep.accept(userId, code))) {
        if (locks) await this.tellOfLock(userId, email);
        throw new DomainError('not-signed-in', 'The code is wrong, or was used before. Wait for the next one.');
      }
    }
    await this.lock.clear(email);
    return this.inFirstTeam(userId, email);
  }

  /** Whose access token this is; null for one that is unknown, ended or expired. */
  async find(token: string): Promise<Member | null> {
    const hash = hashOf(token);
    return this.database.byToken(
      hash,
      'SELECT team_id, session_id FROM session_token WHERE access_hash = $1 AND access_until > now()',
      async (scope, { session_id: sessionId }: { team_id: string; session_id: string }) => {
        const session = await sessionView(scope, sessionId);
        if (!session) return null;
        return { session, sessionId, tokenId: null, actor: { id: session.user.id, name: session.user.email } };
      },
    );
  }

  /**
   * Replaces a refresh token by its successor. One that was replaced before is stolen, or its successor is: the whole
   * family ends. Null where it is unknown, expired or ended.
   */
  async refresh(token: string): Promise<StartedSession | null> {
    const hash = hashOf(token);
    return this.database.asStranger(async (stranger) => {
      await stranger.identify('token_hash', hash.toString('hex'));
      const [found] = await stranger.rows<{ team_id: string }>(
        'SELECT team_id FROM session_token WHERE refresh_hash = $1',
        [hash],
      );
      if (!found) return null;

      const scope = await stranger.enter(found.team_id);
      const [pair] = await scope.rows<Pair>(
        `SELECT session_id, successor_salt, replaced_at < now() - $2 * interval '1 millisecond' AS is_reused
         FROM session_token WHERE refresh_hash = $1 AND refresh_until > now() FOR UPDATE`,
        [hash, graceMs],
      );
      if (!pair) return null;
      if (pair.is_reused) {
        await revoke(scope, pair.session_id);
        return null;
      }
      const salt = pair.successor_salt ?? randomBytes(16);
      const successor = {
        sessionId: pair.session_id,
        access: successorOf(token, salt, 'access'),
        refresh: successorOf(token, salt, 'refresh'),
      };
      if (pair.successor_salt) return startedWith(scope, successor);
      await scope.rows('DELETE FROM session_token WHERE session_id = $1 AND refresh_until < now()', [pair.session_id]);
      await scope.rows('UPDATE session_token SET successor_salt = $2, replaced_at = now() WHERE refresh_hash = $1', [
        hash,
        salt,
      ]);
      return givePair(scope, successor);
    });
  }

  /** Acts for another team of one's own from here on: a new session there takes the place of this one. */
  async enterTeam(member: Member, teamId: string): Promise<StartedSession> {
    const userId = member.session.user.id;
    return this.database.asStranger(async (stranger) => {
      await stranger.identify('user_id', userId);
      const mine = await stranger.rows('SELECT 1 FROM membership WHERE user_id = $1 AND team_id = $2', [
        userId,
        teamId,
      ]);
      if (mine.length === 0)
        throw new DomainError('not-found', `You are in no team ${teamId}. Ask its admin to invite you.`);
      await stranger.rows('DELETE FROM session WHERE id = $1', [member.sessionId]);
      const { scope, started } = await openSession(stranger, userId, teamId);
      await audit(scope, member.actor, 'team-entered');
      return started;
    });
  }

  async end(member: Member): Promise<void> {
    await this.database.inTeam(member.session.team.id, async (scope) => {
      await scope.rows('DELETE FROM session WHERE id = $1', [member.sessionId]);
      await audit(scope, member.actor, 'signed-out');
    });
  }

  private inFirstTeam(userId: string, email: string): Promise<StartedSession> {
    return this.database.asStranger(async (stranger) => {
      const teamId = await firstTeamOf(stranger, userId);
      if (teamId === null)
        throw new DomainError('not-allowed', 'You are in no team. Ask an admin to invite you to one.');
      const { scope, started } = await openSession(stranger, userId, teamId);
      await audit(scope, { id: userId, name: email }, 'signed-in');
      return started;
    });
  }

  /** In the log of the user's first team; who tried is not known. */
  private async tellOfLock(userId: string, email: string): Promise<void> {
    await this.database.asStranger(async (stranger) => {
      const teamId = await firstTeamOf(stranger, userId);
      if (teamId !== null) await audit(await stranger.enter(teamId), nobody, 'sign-in-locked', { email });
    });
  }
}

async function firstTeamOf(stranger: Stranger, userId: string): Promise<string | null> {
  await stranger.identify('user_id', userId);
  const [membership] = await stranger.rows<{ team_id: string }>(
    'SELECT team_id FROM membership WHERE user_id = $1 ORDER BY team_id LIMIT 1',
    [userId],
  );
  return membership?.team_id ?? null;
}

const nobody: Actor = { id: null, name: 'somebody not signed in' };

interface Pair {
  readonly session_id: string;
  readonly successor_salt: Buffer | null;
  readonly is_reused: boolean | null;
}

async function revoke(scope: TeamScope, sessionId: string): Promise<void> {
  const session = await sessionView(scope, sessionId);
  await scope.rows('DELETE FROM session WHERE id = $1', [sessionId]);
  await audit(scope, nobody, 'session-revoked', { email: session?.user.email ?? '', why: 'refresh token used twice' });
}
