import type { TeamScope } from './team-scope.js';

/** An upload to which nothing was added for so long is abandoned. */
export const uploadHours = 24;

/** Forgets the team's uploads that were abandoned by then; their pieces are nobody's from here on. Answers how many. */
export async function forgetAbandonedUploads(scope: TeamScope, now: Date): Promise<number> {
  const gone = await scope.rows(
    `DELETE FROM upload WHERE touched_at < $1::timestamptz - $2 * interval '1 hour' RETURNING id`,
    [now.toISOString(), uploadHours],
  );
  return gone.length;
}
