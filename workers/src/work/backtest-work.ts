import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report, Run } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import {
  DatasetVersionEntity,
  StrategyEntity,
  StrategyVersionEntity,
  type Claim,
  type StoredArtifact,
  type TeamScope,
} from '@quarry/platform/database';
import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import { noDataset } from './no-dataset.js';
import type { DatasetFolders } from './dataset-folders.js';
import { earlierEnding, isShelved, reuseKey } from './reuse.js';

type BacktestWork = Extract<Claim['work'], { kind: 'backtest' }>;

/** Runs a backtest, unless the team has its result already, and shelves its report and tables. */
export function backtestWork(runner: Runner, artifacts: ArtifactStore, folders: DatasetFolders): Work<'backtest'> {
  return async ({ claim, database, shelf, directory, hooks }, work) => {
    const { version, strategyName, dataset } = await database.inTeam(claim.teamId, (scope) =>
      inputs(scope, claim, work),
    );
    if (!dataset) return { failure: noDataset(work.datasetId), artifacts: [] };

    const key = reuseKey({
      strategyVersion: work.strategyVersion,
      datasetVersion: dataset.hash,
      engine: runner.engineHash,
      options: work.options,
      params: version.checkReport?.params ?? null,
    });
    const earlier = claim.fresh ? null : await database.inTeam(claim.teamId, (scope) => earlierEnding(scope, key));
    if (earlier && (await isShelved(artifacts, earlier))) return earlier;

    const outcome = await runner.backtest(
      { source: version.source, strategyName, dataset: await folders.folderOf(dataset), options: work.options },
      hooks,
    );
    const { report } = outcome;
    const folder = join(directory, 'artifacts');
    await mkdir(folder);
    const shelved: StoredArtifact[] = [];
    if (report.failure) {
      shelved.push(await shelf.putText('report.json', JSON.stringify(report), 'application/json'));
    } else {
      for (const file of await outcome.writeArtifacts(folder)) shelved.push(await shelf.putFile(file));
    }
    return {
      failure: report.failure,
      artifacts: shelved,
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

async function inputs(scope: TeamScope, claim: Claim, work: BacktestWork) {
  const version = await scope.repository(StrategyVersionEntity).findOneOrFail({
    where: { hash: work.strategyVersion, ...(work.strategyId === undefined ? {} : { strategyId: work.strategyId }) },
    order: { createdAt: 'DESC' },
  });
  const strategy = await scope.repository(StrategyEntity).findOneByOrFail({ id: version.strategyId });
  const dataset = await scope
    .repository(DatasetVersionEntity)
    .findOneBy({ datasetId: work.datasetId, hash: claim.datasetVersion ?? '' });
  return { version, strategyName: strategy.name, dataset };
}

const headlines = ['totalReturn', 'sharpe', 'maxDrawdown'];

/** The few figures that lists show. */
function headlineOf(report: Report): NonNullable<Run['headline']> {
  const figures = report.metrics.filter((metric) => headlines.includes(metric.id));
  return { ...Object.fromEntries(figures.map(({ id, value }) => [id, value])), trades: report.tradeCount };
}
