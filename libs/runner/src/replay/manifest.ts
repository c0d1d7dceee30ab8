import { createHash } from 'node:crypto';
import process from 'node:process';
import {
  canonicalJson,
  type BacktestOptions,
  type Manifest,
  type ParamValues,
  type PriceBasis,
} from '@quarry/contracts';
import type { LocalDataset } from '../runner.js';

export interface ManifestParts {
  readonly strategyHash: string;
  readonly engineHash: string;
  readonly dataset: LocalDataset;
  /** In order of their names. */
  readonly symbols: readonly string[];
  readonly interval: string;
  readonly prices: PriceBasis;
  /** First and last bar time used, µs UTC; null where the whole series was. */
  readonly from: number | null;
  readonly to: number | null;
  /** Every parameter of the strategy, defaults filled in. */
  readonly params: ParamValues;
  readonly options: BacktestOptions;
}

export function manifestOf({ options, dataset, ...parts }: ManifestParts): Manifest {
  return {
    schema: 'quarry.manifest/1',
    kind: 'backtest',
    strategy: parts.strategyHash,
    data: [
      {
        dataset: dataset.info.name,
        version: dataset.info.version,
        symbols: [...parts.symbols],
        interval: parts.interval,
        adjustment: parts.prices,
        from: parts.from,
        to: parts.to,
      },
    ],
    engine: parts.engineHash,
    node: process.version,
    params: parts.params,
    settings: options.settings,
    profile: options.profile,
    benchmark: options.benchmark,
  };
}

/** SHA-256 over a manifest's canonical JSON: equal hashes, equal runs. */
export function manifestHash(manifest: Manifest): string {
  return createHash('sha256').update(canonicalJson(manifest)).digest('hex');
}
