import type { EntityManager, EntityTarget, ObjectLiteral, QueryResult, Repository } from 'typeorm';

/**
 * One transaction on behalf of one team, opened by `Database.inTeam`. Row level security shows it that team's rows
 * only, whatever it asks for. It is gone when the transaction ends: keep nothing of it.
 */
export class TeamScope {
  constructor(
    readonly teamId: string,
    private readonly manager: EntityManager,
  ) {}

  /** To read and to insert: `save` and `remove` of TypeORM would end the transaction, which they do not know to be open. */
  repository<T extends ObjectLiteral>(entity: EntityTarget<T>): Omit<Repository<T>, 'save' | 'remove' | 'softRemove'> {
    return this.manager.getRepository(entity);
  }

  /** Runs one statement and answers its rows, with RETURNING or without. */
  rows<T>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return rowsOf<T>(this.manager, sql, parameters);
  }
}

export async function rowsOf<T>(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<T[]> {
  if (!manager.queryRunner) throw new Error('Statements run inside a transaction only.');
  const result: QueryResult<T> = await manager.queryRunner.query(sql, [...parameters], true);
  return result.records;
}
