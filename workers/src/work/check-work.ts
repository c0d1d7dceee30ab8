import { StrategyVersionEntity } from '@quarry/platform/database';
import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';

/** Compiles a strategy version in the sandbox, and writes down its diagnostics and the parameters it declares. */
export function checkWork(runner: Runner): Work<'check'> {
  return async ({ claim, database, hooks }, { strategyVersion }) => {
    const version = await database.inTeam(claim.teamId, (scope) =>
      scope.repository(StrategyVersionEntity).findOneByOrFail({ checkRunId: claim.runId, hash: strategyVersion }),
    );
    const report = await runner.check(version.source, hooks);
    return {
      failure: report.failure,
      artifacts: [],
      record: async (scope) => {
        await scope.rows('UPDATE strategy_version SET check_report = $2 WHERE check_run_id = $1', [
          claim.runId,
          JSON.stringify(report),
        ]);
      },
    };
  };
}
