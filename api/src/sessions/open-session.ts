import { randomUUID } from 'node:crypto';
import type { Session } from '@quarry/contracts';
import type { Stranger, TeamScope } from '@quarry/platform/database';
import { sessionView } from './session-view.js';
import { freshToken, hashOf } from './token.js';

const accessMs = 30 * 60_000;
const refreshMs = 7 * 24 * 3_600_000;

interface Token {
  readonly token: string;
  readonly until: Date;
}

/** What a browser is given: who it acts for, and the two tokens that say so. */
export interface StartedSession {
  readonly session: Session;
  readonly access: Token;
  readonly refresh: Token;
}

/** Starts a session of a member in a team, which the transaction then acts for. */
export async function openSession(
  stranger: Stranger,
  userId: string,
  teamId: string,
): Promise<{ readonly scope: TeamScope; readonly started: StartedSession }> {
  await stranger.identify('user_id', userId);
  const scope = await stranger.enter(teamId);
  await scope.rows(
    `DELETE FROM session WHERE team_id = $1 AND NOT EXISTS (
       SELECT 1 FROM session_token WHERE session_id = session.id AND refresh_until > now())`,
    [teamId],
  );
  const sessionId = randomUUID();
  await scope.rows('INSERT INTO session (id, team_id, user_id) VALUES ($1, $2, $3)', [sessionId, teamId, userId]);
  const started = await givePair(scope, { sessionId, access: freshToken(), refresh: freshToken() });
  return { scope, started };
}

/** Writes a pair of tokens into a session's family. */
export async function givePair(
  scope: TeamScope,
  pair: { readonly sessionId: string; readonly access: string; readonly refresh: string },
): Promise<StartedSession> {
  const started = await startedWith(scope, pair);
  await scope.rows(
    `INSERT INTO session_token (refresh_hash, access_hash, team_id, session_id, access_until, refresh_until)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      hashOf(pair.refresh),
      hashOf(pair.access),
      scope.teamId,
      pair.sessionId,
      started.access.until,
      started.refresh.until,
    ],
  );
  return started;
}

/** The same for a pair that is there already. */
export async function startedWith(
  scope: TeamScope,
  { sessionId, access, refresh }: { readonly sessionId: string; readonly access: string; readonly refresh: string },
): Promise<StartedSession> {
  const session = await sessionView(scope, sessionId);
  if (!session) throw new Error(`Session ${sessionId} cannot be read.`);
  const now = Date.now();
  return {
    session,
    access: { token: access, until: new Date(now + accessMs) },
    refresh: { token: refresh, until: new Date(now + refreshMs) },
  };
}
