import type { Database, TeamScope } from '@quarry/platform/database';
import type { Envelope } from './envelope.js';

/** A table whose rows hold a secret each, sealed for the row. */
export interface SealedColumn {
  readonly table: 'provider_key' | 'webhook';
  readonly column: string;
  readonly contextOf: (id: string) => string;
}

/** After a rotation: seals what lies under an earlier master key under today's, in every team. Answers how many it were. */
export async function renewSealed(
  database: Database,
  envelope: Envelope,
  columns: readonly SealedColumn[],
): Promise<number> {
  const teams = await database.asRelay((rows) => rows<{ id: string }>('SELECT id FROM team'));
  let renewed = 0;
  for (const { id: teamId } of teams) {
    for (const column of columns) {
      renewed += await database.inTeam(teamId, (scope) => renewIn(scope, envelope, column));
    }
  }
  return renewed;
}

async function renewIn(
  scope: TeamScope,
  envelope: Envelope,
  { table, column, contextOf }: SealedColumn,
): Promise<number> {
  const rows = await scope.rows<{ id: string; sealed: Buffer }>(
    `SELECT id, ${column} AS sealed FROM ${table} FOR UPDATE`,
  );
  const fresh = rows.flatMap(({ id, sealed }) => {
    const again = envelope.renewed(sealed, contextOf(id));
    return again ? [{ id, sealed: again }] : [];
  });
  for (const { id, sealed } of fresh) {
    await scope.rows(`UPDATE ${table} SET ${column} = $2 WHERE id = $1`, [id, sealed]);
  }
  return fresh.length;
}
