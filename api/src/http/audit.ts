import type { AuditAction } from '@quarry/contracts';
import { appendAudit, type Actor, type TeamScope } from '@quarry/platform/database';

/** Writes what was done into the team's audit log, in the transaction that does it; see `appendAudit`. */
export function audit(
  scope: TeamScope,
  actor: Actor,
  action: AuditAction,
  subject: Readonly<Record<string, string>> = {},
): Promise<void> {
  return appendAudit(scope, actor, action, subject);
}
