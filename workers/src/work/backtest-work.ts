import type { Report, Run } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { earlierEnding, isShelved, reuseKey } from './reuse.js';
import { runInputs } from './run-inputs.js';
import { shelved } from './shelved.js';
import { TeamTrialBook } from './team-trial-book.js';

/** Runs a backtest, unless the team has its result already, and shelves its report and tables. */
export function backtestWork(runner: Runner, artifacts: ArtifactStore, folders: DatasetFolders): Work<'backtest'> {
  return async (attempt, work) => {
    const { claim, database, shelf, hooks } = attempt;
    const inputs = await runInputs(attempt, work, folders);
    if ('code' in inputs) return { failure: inputs, artifacts: [] };

    const { source, strategyName, dataset } = inputs;
    const key = reuseKey({
      strategyVersion: work.strategyVersion,
      datasetVersion: inputs.datasetVersion,
      engine: runner.engineHash,
      options: work.options,
      params: inputs.params,
    });
    const earlier = claim.fresh ? null : await database.inTeam(claim.teamId, (scope) => earlierEnding(scope, key));
    if (earlier && (await isShelved(artifacts, earlier))) return earlier;

    const book = new TeamTrialBook(attempt);
    const outcome = await runner.backtest({ source, strategyName, dataset, options: work.options, book }, hooks);
    const { report } = outcome;
    const stored = report.failure
      ? [await shelf.putText('report.json', JSON.stringify(report), 'application/json')]
      : await shelved(outcome, attempt);
    return {
      failure: report.failure,
      artifacts: stored,
      facts: {
        reuseKey: key,
        manifestHash: report.manifestHash,
        orderListHash: report.orderListHash,
        headline: report.failure ? null : headlineOf(report),
        reusedFrom: null,
      },
    };
  };
}

const headlines = ['totalReturn', 'sharpe', 'maxDrawdown'];

/** The few figures that lists show. */
function headlineOf(report: Report): NonNullable<Run['headline']> {
  const figures = report.metrics.filter((metric) => headlines.includes(metric.id));
  return { ...Object.fromEntries(figures.map(({ id, value }) => [id, value])), trades: report.tradeCount };
}
