import type { RunEvent } from '@quarry/contracts';
import type { TeamScope } from './team-scope.js';

export interface StoredEvent {
  readonly sequence: number;
  readonly body: RunEvent;
}

/** Appends to the run's events. The run's row is locked till the transaction ends, so numbers appear in order and without a gap. */
export async function appendRunEvent(scope: TeamScope, runId: string, event: RunEvent): Promise<void> {
  await scope.rows(
    `WITH numbered AS (
       UPDATE run SET event_sequence = event_sequence + 1 WHERE id = $1 RETURNING team_id, id, event_sequence
     )
     INSERT INTO run_event (team_id, run_id, sequence, body) SELECT team_id, id, event_sequence, $2 FROM numbered`,
    [runId, JSON.stringify(event)],
  );
}

/** The run's events after a sequence number, oldest first. */
export function runEventsAfter(scope: TeamScope, runId: string, sequence: number, limit = 500): Promise<StoredEvent[]> {
  return scope.rows<StoredEvent>(
    'SELECT sequence, body FROM run_event WHERE run_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3',
    [runId, sequence, limit],
  );
}
