import type { Failure, ParamSpecs, StrategySource } from '@quarry/contracts';
import { StrategyEntity, StrategyVersionEntity, type Claim } from '@quarry/platform/database';
import type { LocalDataset } from '@quarry/runner';
import type { Attempt } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { runDataset } from './run-dataset.js';

export type StrategyWork = Extract<Claim['work'], { strategyVersion: string; datasetId: string }>;

/** What a run of a strategy reads. */
export interface RunInputs {
  readonly source: StrategySource;
  readonly strategyName: string;
  /** As the version's check run found them; null where it has not ended. */
  readonly params: ParamSpecs | null;
  readonly datasetVersion: string;
  readonly dataset: LocalDataset;
}

/** The strategy version and the dataset version that a run names, fetched; a failure where the data are gone. */
export async function runInputs(
  attempt: Pick<Attempt, 'claim' | 'database'>,
  work: StrategyWork,
  folders: DatasetFolders,
): Promise<RunInputs | Failure> {
  const { claim, database } = attempt;
  const { version, strategyName } = await database.inTeam(claim.teamId, async (scope) => {
    const found = await scope.repository(StrategyVersionEntity).findOneOrFail({
      where: { hash: work.strategyVersion, ...(work.strategyId === undefined ? {} : { strategyId: work.strategyId }) },
      order: { createdAt: 'DESC' },
    });
    const strategy = await scope.repository(StrategyEntity).findOneByOrFail({ id: found.strategyId });
    return { version: found, strategyName: strategy.name };
  });
  const dataset = await runDataset(attempt, work.datasetId, folders);
  if ('code' in dataset) return dataset;
  return {
    source: version.source,
    strategyName,
    params: version.checkReport?.params ?? null,
    datasetVersion: dataset.info.version,
    dataset,
  };
}
