import type { TeamScope } from '@quarry/platform/database';
import type { Member } from './member.js';

/** Those of a team's members whose session or token is still there: a stream outlives the request that opened it. */
export async function stillActing<M extends Pick<Member, 'sessionId' | 'tokenId'>>(
  scope: TeamScope,
  members: readonly M[],
): Promise<Set<M>> {
  const rows = await scope.rows<{ id: string }>(
    `SELECT id FROM session WHERE id = ANY($1) UNION ALL SELECT id FROM api_token WHERE id = ANY($2) AND expires_at > now()`,
    [members.map(({ sessionId }) => sessionId), members.map(({ tokenId }) => tokenId)],
  );
  const alive = new Set(rows.map(({ id }) => id));
  return new Set(members.filter(({ sessionId, tokenId }) => alive.has(sessionId ?? tokenId ?? '')));
}
