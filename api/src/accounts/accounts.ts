import type { Account, ChangePassword, Role, SignUp } from '@quarry/contracts';
import { hashPassword, type Database, type Stranger } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { DomainError } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { openSession, type StartedSession } from '../sessions/open-session.js';
import { hashOf } from '../sessions/token.js';
import type { SignInLimit } from '../sessions/sign-in-limit.js';
import { foundTeam } from '../teams/found-team.js';
import { addUser, writePassword, type Credentials } from './credentials.js';
import type { TwoStep } from './two-step.js';

/** People's own accounts: signing up where that is open, what one sees of oneself, and new passwords. */
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly credentials: Credentials,
    private readonly twoStep: TwoStep,
    private readonly limit: SignInLimit,
    private readonly settings: { readonly signUpIsOpen: boolean; readonly seedTeams: () => Promise<void> },
  ) {}

  get signUpIsOpen(): boolean {
    return this.settings.signUpIsOpen;
  }

  /** Makes a user with a team of their own. */
  async signUp({ email, name, password, team }: SignUp, address: string): Promise<StartedSession> {
    if (!this.signUpIsOpen) {
      throw new DomainError(
        'not-allowed',
        'Nobody signs up here without an invitation. Ask an admin of a team for one; whoever runs Quarry may set SIGN_UP=open.',
      );
    }
    await this.limit.count(address);
    const passwordHash = await hashPassword(password);
    const started = await this.database.asStranger(async (stranger) => {
      const userId = await addUser(stranger, { email, name, passwordHash });
      const actor = { id: userId, name: email };
      const teamId = await foundTeam(stranger, { name: team, userId, actor });
      const opened = await openSession(stranger, userId, teamId);
      await audit(opened.scope, actor, 'signed-up');
      return opened.started;
    });
    await this.settings.seedTeams();
    return started;
  }

  async get({ session: { user } }: Member): Promise<Account> {
    const [twoStep, recoveryCodesLeft, teams] = await Promise.all([
      this.twoStep.isOn(user.id),
      this.twoStep.recoveryCodesLeft(user.id),
      this.database.asStranger((stranger) => teamsOf(stranger, user.id)),
    ]);
    return { twoStep, recoveryCodesLeft, teams };
  }

  /** Ends every other session of the user. */
  async changePassword(member: Member, { password, next }: ChangePassword): Promise<void> {
    const { user, team } = member.session;
    await this.credentials.confirm(user, password);
    const hash = await hashPassword(next);
    await this.database.asStranger(async (stranger) => {
      await writePassword(stranger, user.id, hash);
      await stranger.rows('DELETE FROM session WHERE user_id = $1 AND id <> $2', [user.id, member.sessionId]);
      await audit(await stranger.enter(team.id), member.actor, 'password-changed');
    });
  }

  /** By an admin's link, which is used up. Ends all sessions of the user; two-step sign-in stays as it is. */
  async resetPassword(token: string, password: string, address: string): Promise<void> {
    await this.limit.count(address);
    const hash = await hashPassword(password);
    const tokenHash = hashOf(token);
    await this.database.asStranger(async (stranger) => {
      await stranger.identify('token_hash', tokenHash.toString('hex'));
      const [link] = await stranger.rows<{ team_id: string }>(
        'SELECT team_id FROM password_reset WHERE token_hash = $1 AND expires_at > now()',
        [tokenHash],
      );
      const scope = link && (await stranger.enter(link.team_id));
      const [used] = scope
        ? await scope.rows<{ user_id: string }>('DELETE FROM password_reset WHERE token_hash = $1 RETURNING user_id', [
            tokenHash,
          ])
        : [];
      if (!scope || !used) {
        throw new DomainError('link-not-valid', 'This link was used or has expired. Ask your admin for a new one.');
      }
      await writePassword(stranger, used.user_id, hash);
      await stranger.rows('DELETE FROM session WHERE user_id = $1', [used.user_id]);
      const [user] = await stranger.rows<{ email: string }>('SELECT email FROM app_user WHERE id = $1', [used.user_id]);
      await audit(scope, { id: used.user_id, name: user?.email ?? '' }, 'password-reset');
    });
  }
}

/** A team is shown to those who act for it: each is entered in turn. */
async function teamsOf(stranger: Stranger, userId: string): Promise<Account['teams']> {
  await stranger.identify('user_id', userId);
  const memberships = await stranger.rows<{ team_id: string; role: Role }>(
    'SELECT team_id, role FROM membership WHERE user_id = $1',
    [userId],
  );
  const teams: Account['teams'] = [];
  for (const { team_id: id, role } of memberships) {
    const scope = await stranger.enter(id);
    const [team] = await scope.rows<{ name: string }>('SELECT name FROM team WHERE id = $1', [id]);
    teams.push({ id, role, name: team?.name ?? '' });
  }
  return teams.sort((a, b) => a.name.localeCompare(b.name));
}
