import { createHash } from 'node:crypto';
import { canonicalJson } from '@quarry/contracts';
import type { TeamScope } from './team-scope.js';

/** Who acted: a user, by an address that stays readable when the user is gone. */
export interface Actor {
  readonly id: string | null;
  readonly name: string;
}

export interface AuditRecord {
  readonly teamId: string;
  /** From 1, without a gap. */
  readonly sequence: number;
  readonly at: string;
  readonly actor: Actor;
  readonly action: string;
  /** What it was done to. Names and ids, never a secret. */
  readonly subject: Readonly<Record<string, string>>;
}

export interface ChainedRecord extends AuditRecord {
  readonly previous: string;
  readonly hash: string;
}

/** What the first event of a chain follows. */
const beginning = '0'.repeat(64);

/** SHA-256, in hex, of the hash before and the record as canonical JSON (RFC 8785). */
export function auditHash(previous: string, { teamId, sequence, at, actor, action, subject }: AuditRecord): string {
  const text = canonicalJson({ previous, teamId, sequence, at, actor, action, subject });
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Appends to the team's chain, in the transaction of what it tells of. Call it last: from here to the commit the chain
 * is locked, so that every event has one successor.
 */
export async function appendAudit(
  scope: TeamScope,
  actor: Actor,
  action: string,
  subject: AuditRecord['subject'],
): Promise<void> {
  await scope.rows(`SELECT pg_advisory_xact_lock(hashtextextended('audit ' || $1, 0))`, [scope.teamId]);
  const [last] = await scope.rows<{ sequence: number; hash: Buffer }>(
    'SELECT sequence, hash FROM audit_event WHERE team_id = $1 ORDER BY sequence DESC LIMIT 1',
    [scope.teamId],
  );
  const previous = last?.hash.toString('hex') ?? beginning;
  const sequence = (last?.sequence ?? 0) + 1;
  const at = new Date().toISOString();
  const hash = auditHash(previous, { teamId: scope.teamId, sequence, at, actor, action, subject });
  await scope.rows(
    `INSERT INTO audit_event (team_id, sequence, at, actor_id, actor, action, subject, previous, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, decode($8, 'hex'), decode($9, 'hex'))`,
    [scope.teamId, sequence, at, actor.id, actor.name, action, JSON.stringify(subject), previous, hash],
  );
}

/** The current team's events, newest first, from below the given sequence on. */
export async function auditEvents(
  scope: TeamScope,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<ChainedRecord[]> {
  const rows = await scope.rows<AuditRow>(
    'SELECT * FROM audit_event WHERE team_id = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3',
    [scope.teamId, before, limit],
  );
  return rows.map(recordOf);
}

/** How far a chain holds. `brokenAt` is the first sequence that is missing or was changed; null where none is. */
export interface ChainVerdict {
  readonly events: number;
  /** The hash of the last event that holds. Kept elsewhere, it shows later that no event up to it was cut off. */
  readonly head: string;
  readonly brokenAt: number | null;
}

/** Walks one team's chain from its beginning, in pages. */
export async function verifyChain(
  pageAfter: (sequence: number) => Promise<readonly ChainedRecord[]>,
): Promise<ChainVerdict> {
  let [events, head] = [0, beginning];
  for (;;) {
    const page = await pageAfter(events);
    if (page.length === 0) return { events, head, brokenAt: null };
    for (const record of page) {
      const holds =
        record.sequence === events + 1 && record.previous === head && record.hash === auditHash(head, record);
      if (!holds) return { events, head, brokenAt: events + 1 };
      [events, head] = [record.sequence, record.hash];
    }
  }
}

type Rows = (sql: string, parameters: readonly unknown[]) => Promise<AuditRow[]>;

/** A team's events in pages, for `verifyChain`. */
export function auditPages(rows: Rows, teamId: string): (sequence: number) => Promise<ChainedRecord[]> {
  return async (sequence) => {
    const page = await rows(
      'SELECT * FROM audit_event WHERE team_id = $1 AND sequence > $2 ORDER BY sequence LIMIT 1000',
      [teamId, sequence],
    );
    return page.map(recordOf);
  };
}

export interface AuditRow {
  readonly team_id: string;
  readonly sequence: number;
  readonly at: Date;
  readonly actor_id: string | null;
  readonly actor: string;
  readonly action: string;
  readonly subject: Record<string, string>;
  readonly previous: Buffer;
  readonly hash: Buffer;
}

function recordOf(row: AuditRow): ChainedRecord {
  return {
    teamId: row.team_id,
    sequence: row.sequence,
    at: row.at.toISOString(),
    actor: { id: row.actor_id, name: row.actor },
    action: row.action,
    subject: row.subject,
    previous: row.previous.toString('hex'),
    hash: row.hash.toString('hex'),
  };
}
