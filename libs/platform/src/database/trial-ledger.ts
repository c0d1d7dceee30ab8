import type { TeamScope } from './team-scope.js';

/** A trial as the ledger has it: what was tried, by its hashes, and its annual Sharpe ratio; NaN where that is not defined. */
export interface LedgerTrial {
  readonly paramsHash: string;
  readonly dataHash: string;
  readonly sharpe: number;
  readonly observations: number;
}

/** Writes trials of a family down, each once. */
export async function writeTrials(scope: TeamScope, family: string, trials: readonly LedgerTrial[]): Promise<void> {
  // Two searches of one family that end at once would wait for each other's rows.
  await scope.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${scope.teamId} ${family}`]);
  await scope.rows(
    `INSERT INTO trial (team_id, family, params_hash, data_hash, sharpe, observations)
     SELECT $1, $2, params, data, sharpe, observations
     FROM unnest($3::text[], $4::text[], $5::float8[], $6::integer[])
       WITH ORDINALITY AS tried (params, data, sharpe, observations, at)
     ORDER BY at
     ON CONFLICT DO NOTHING`,
    [
      scope.teamId,
      family,
      trials.map(({ paramsHash }) => paramsHash),
      trials.map(({ dataHash }) => dataHash),
      trials.map(({ sharpe }) => sharpe),
      trials.map(({ observations }) => observations),
    ],
  );
}

/** Writes trials of a family down, each once, and answers all that were ever tried of it, in the order of their first trial. */
export async function recordTrials(
  scope: TeamScope,
  family: string,
  trials: readonly LedgerTrial[],
): Promise<readonly LedgerTrial[]> {
  await writeTrials(scope, family, trials);
  return scope.rows<LedgerTrial>(
    `SELECT params_hash AS "paramsHash", data_hash AS "dataHash", sharpe, observations
     FROM trial WHERE family = $1 ORDER BY id`,
    [family],
  );
}
