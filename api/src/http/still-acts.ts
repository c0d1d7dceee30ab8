import type { TeamScope } from '@quarry/platform/database';
import type { Member } from './member.js';

/** Whether the session or token by which somebody was let in is still there: a stream outlives the request that opened it. */
export async function stillActs(scope: TeamScope, { sessionId, tokenId }: Member): Promise<boolean> {
  const rows = await scope.rows(
    `SELECT 1 FROM session WHERE id = $1 UNION ALL SELECT 1 FROM api_token WHERE id = $2 AND expires_at > now()`,
    [sessionId, tokenId],
  );
  return rows.length > 0;
}
