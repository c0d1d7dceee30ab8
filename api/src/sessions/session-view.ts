import type { Role, Session } from '@quarry/contracts';
import type { TeamScope } from '@quarry/platform/database';

interface SessionRow {
  readonly user_id: string;
  readonly email: string;
  readonly user_name: string;
  readonly team_id: string;
  readonly team_name: string;
  readonly role: Role;
  readonly runs_cluster: boolean;
}

/** A session of the current team as people see it; null where it has ended. */
export async function sessionView(scope: TeamScope, sessionId: string): Promise<Session | null> {
  const [row] = await scope.rows<SessionRow>(
    `SELECT app_user.id AS user_id, app_user.email, app_user.name AS user_name, team.id AS team_id,
       team.name AS team_name, membership.role, team.runs_cluster
     FROM session
     JOIN membership USING (team_id, user_id)
     JOIN team ON team.id = session.team_id
     JOIN app_user ON app_user.id = session.user_id
     WHERE session.id = $1`,
    [sessionId],
  );
  return row
    ? {
        user: { id: row.user_id, email: row.email, name: row.user_name },
        team: { id: row.team_id, name: row.team_name },
        role: row.role,
        runsCluster: row.runs_cluster,
      }
    : null;
}
