import type { AuditEvent, AuditVerdict } from '@quarry/contracts';
import { auditEvents, auditPages, verifyChain, type AuditRow, type Database } from '@quarry/platform/database';
import type { Member } from '../http/member.js';

/** What was done in a team, by whom and when, as its admins read it. */
export class AuditLog {
  constructor(private readonly database: Database) {}

  list(
    { session: { team } }: Member,
    page: { readonly before: number; readonly limit: number },
  ): Promise<AuditEvent[]> {
    return this.database.inTeam(team.id, async (scope) => {
      const events = await auditEvents(scope, page);
      return events.map(({ sequence, at, actor, action, subject, hash }) => ({
        sequence,
        at,
        actor: actor.name,
        action,
        subject,
        hash,
      }));
    });
  }

  verify({ session: { team } }: Member): Promise<AuditVerdict> {
    return this.database.inTeam(team.id, (scope) =>
      verifyChain(auditPages((sql, parameters) => scope.rows<AuditRow>(sql, parameters), team.id)),
    );
  }
}
