import { randomUUID } from 'node:crypto';
import type { Actor, Stranger } from '@quarry/platform/database';
import { audit } from '../http/audit.js';

/** Makes a team with its first admin; the transaction then acts for it. */
export async function foundTeam(
  stranger: Stranger,
  { name, userId, actor }: { readonly name: string; readonly userId: string; readonly actor: Actor },
): Promise<string> {
  const id = randomUUID();
  const scope = await stranger.enter(id);
  await scope.rows('INSERT INTO team (id, name) VALUES ($1, $2)', [id, name]);
  await scope.rows(`INSERT INTO membership (team_id, user_id, role) VALUES ($1, $2, 'admin')`, [id, userId]);
  await audit(scope, actor, 'team-made', { name });
  return id;
}
