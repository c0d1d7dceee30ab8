import { asOwner } from './as-owner.js';
import { auditPages, verifyChain, type ChainVerdict } from './audit.js';

interface TeamChain extends ChainVerdict {
  readonly teamId: string;
  /** Null where the team was deleted; its log stays. */
  readonly team: string | null;
}

interface AuditFindings {
  readonly chains: readonly TeamChain[];
  /** Those of the known hashes that no event has: what stood there was cut off or replaced. */
  readonly missing: readonly string[];
}

/**
 * Verifies the audit log of every team, as the database's owner. A chain that was cut at its end still holds: hashes
 * that were noted down earlier, outside the database, show it.
 */
export function verifyAudit(ownerUrl: string, known: readonly string[] = []): Promise<AuditFindings> {
  return asOwner(ownerUrl, async (owner) => {
    const teams = await owner.query<{ id: string; name: string | null }[]>(
      `SELECT logged.team_id AS id, team.name FROM (SELECT DISTINCT team_id FROM audit_event) logged
       LEFT JOIN team ON team.id = logged.team_id ORDER BY team.name, logged.team_id`,
    );
    const chains: TeamChain[] = [];
    for (const { id, name } of teams) {
      const pages = auditPages((sql, parameters) => owner.query(sql, [...parameters]), id);
      chains.push({ teamId: id, team: name, ...(await verifyChain(pages)) });
    }
    const found = await owner.query<{ hash: string }[]>(
      `SELECT encode(hash, 'hex') AS hash FROM audit_event WHERE encode(hash, 'hex') = ANY($1)`,
      [known],
    );
    const seen = new Set(found.map(({ hash }) => hash));
    return { chains, missing: known.filter((hash) => !seen.has(hash)) };
  });
}
