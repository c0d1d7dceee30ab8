import { createHash } from 'node:crypto';
import { canonicalJson, type BacktestOptions, type ParamSpecs } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import { ArtifactEntity, RunEntity, type RunEnding, type TeamScope } from '@quarry/platform/database';

export interface ReuseFacts {
  readonly strategyVersion: string;
  readonly datasetVersion: string;
  readonly engine: string;
  readonly options: BacktestOptions;
  /** As the version's check run found them; without them defaults stay unsaid. */
  readonly params: ParamSpecs | null;
}

/**
 * Names everything that a backtest's manifest is made of, before it is made: equal keys mean equal manifests. The
 * converse does not hold where two requests say one thing differently (a date with or without its time), so some
 * equal runs are computed again; none is mistaken for another.
 */
export function reuseKey({ strategyVersion, datasetVersion, engine, options, params }: ReuseFacts): string {
  const defaults = Object.fromEntries(Object.entries(params ?? {}).map(([name, spec]) => [name, spec.default]));
  const facts = {
    strategyVersion,
    datasetVersion,
    engine,
    node: process.version,
    options: { ...options, params: { ...defaults, ...options.params } },
  };
  return createHash('sha256').update(canonicalJson(facts)).digest('hex');
}

/** The ending that the latest success of the same team gives this run, or null where there is none. */
export async function earlierEnding(scope: TeamScope, key: string): Promise<RunEnding | null> {
  const [earlier] = await scope.rows<{ id: string }>(
    `SELECT id FROM run WHERE reuse_key = $1 AND state = 'succeeded' AND reused_from IS NULL
     ORDER BY created_at DESC LIMIT 1`,
    [key],
  );
  if (!earlier) return null;

  const run = await scope.repository(RunEntity).findOneByOrFail({ id: earlier.id });
  const artifacts = await scope.repository(ArtifactEntity).findBy({ runId: earlier.id });
  return {
    failure: null,
    artifacts: artifacts.map(({ name, key: stored, bytes, contentType }) => ({
      name,
      key: stored,
      bytes,
      contentType,
    })),
    facts: {
      reuseKey: key,
      manifestHash: run.manifestHash,
      orderListHash: run.orderListHash,
      headline: run.headline,
      reusedFrom: run.id,
    },
  };
}

/** Whether the report that an ending refers to still lies in the store: a store may be cleared, the rows stay. */
export async function isShelved(store: ArtifactStore, { artifacts }: RunEnding): Promise<boolean> {
  const report = artifacts.find(({ name }) => name === 'report.json');
  const found = report ? await store.read(report.key, { start: 0, end: 0 }) : null;
  found?.body.destroy();
  return found !== null;
}
