export { splitGrowth } from './actions/growth.js';
export { inBasis } from './actions/in-basis.js';
export { actionColumns, actionsOf, type PriceBasis } from './actions/price-basis.js';
export { basketOf, missingBars, momentsOf } from './basket.js';
export type * from './bars.js';
export { barsBetween } from './bars-between.js';
export type { TimeRange } from './bars-between.js';
export { GuestClock } from './guest-clock.js';
export { handedOut } from './handed-out.js';
export { libraryCore } from './library-core.js';
export type * from './metric.js';
export { prepareColumns } from './new-column.js';
export { paceOf, type Pace } from './pace.js';
export type * from './params.js';
export { orderListBytes } from './order-list.js';
export type { Plot } from './plots.js';
export { seededRandom, seedOfIndex } from './random.js';
export { rememberColumns } from './remembered.js';
export { Replay, replay } from './replay.js';
export { paramSpecsOf, requireStrategy, resolveParams } from './resolve-params.js';
export type { ResolvedParams } from './resolve-params.js';
export type * from './results.js';
export { orderKinds, orderStates } from './results.js';
export { newLoop } from './new-loop.js';
export { runStrategy, StrategyRun } from './strategy-run.js';
export type { GuestHooks, GuestRun, RunInput } from './strategy-run.js';
export type * from './settings.js';
export { defaultSettings } from './settings.js';
export type { Strategy } from './strategy.js';
export { tradesByMoment } from './trades-by-moment.js';
export { TapeError } from './tape/tape-error.js';
export { barsDone } from './tape/tape-reader.js';
export {
  computeMetrics,
  dayCloses,
  explainMetric,
  fillsOf,
  matchTrades,
  returnFigure,
  returnFigures,
  RunStudy,
  RunWatch,
  sampleTimes,
  soloMetrics,
  trialMetricIds,
  trialMetrics,
  yearlyReturns,
  type Fill,
  type MatchedTrade,
  type MatchingGroup,
  type MatchingOrder,
  type MetricsInput,
  type ReturnFigures,
  type Sampling,
} from './metrics/index.js';
export { gbmPaths } from './monte-carlo/gbm-paths.js';
export type { GbmPathSettings } from './monte-carlo/gbm-paths.js';
export { maySpeakOf, pathMethods } from './monte-carlo/methods.js';
export type { PathMethod, PathStatistic, SpeaksOf } from './monte-carlo/methods.js';
export { bandShares } from './monte-carlo/path-distribution.js';
export type { PathDistribution, PathStatistics, Spread } from './monte-carlo/path-distribution.js';
export type { PathModel } from './monte-carlo/path-model.js';
export { pathWork } from './monte-carlo/path-work.js';
export type { PathPart, PathRequest } from './monte-carlo/path-work.js';
export type { Rng } from './monte-carlo/random-stream.js';
export { RandomStream } from './monte-carlo/random-stream.js';
export type { BlockScheme } from './monte-carlo/resampling-blocks.js';
export { returnBootstrap } from './monte-carlo/return-paths.js';
export { tradeBootstrap, tradeShuffle } from './monte-carlo/trade-paths.js';
export { costlierSettings } from './monte-carlo/stress/costlier-settings.js';
export { jitteredParams } from './monte-carlo/stress/jittered-params.js';
export { delayedTape, missedTape } from './monte-carlo/stress/stressed-tape.js';
export { barModels } from './monte-carlo/synthetic/bar-models.js';
export type { BarModel } from './monte-carlo/synthetic/bar-models.js';
export { planSlices, runWhole } from './monte-carlo/slices.js';
export type { Slice, SlicedWork } from './monte-carlo/slices.js';
export { minimumBacktestYears } from './statistics/backtest-length.js';
export { bcaInterval } from './statistics/bca-interval.js';
export type { BootstrapInterval, IntervalRequest, StatisticPart } from './statistics/bca-interval.js';
export { stationaryBlockLength } from './statistics/block-length.js';
export { deflateBest, deflatedSharpe } from './statistics/deflated-sharpe.js';
export type { DeflatedBest } from './statistics/deflated-sharpe.js';
export type { Dominance } from './statistics/dominance.js';
export { effectiveTrials } from './statistics/effective-trials.js';
export type { EffectiveTrials } from './statistics/effective-trials.js';
export { expectedMaxSharpe } from './statistics/expected-max-sharpe.js';
export { normalCdf } from './statistics/normal-cdf.js';
export { normalQuantile } from './statistics/normal-quantile.js';
export { overfitting } from './statistics/overfitting.js';
export type { Overfitting } from './statistics/overfitting.js';
export { probabilisticSharpe } from './statistics/probabilistic-sharpe.js';
export { maxDrawdownOf, profitFactorOf, sharpeOf } from './statistics/sample-statistics.js';
export { sharpeSampleOf } from './statistics/sharpe-sample.js';
export type { SharpeSample } from './statistics/sharpe-sample.js';
export { superiorAbility } from './statistics/superior-ability.js';
export type { AbilityPart, AbilityRequest, SuperiorAbility } from './statistics/superior-ability.js';
export { minimumTrackRecord } from './statistics/track-record.js';
export { crossValidated } from './search/cross-validated.js';
export type { CrossValidated, CrossValidationRequest, FoldChoice } from './search/cross-validated.js';
export { combinatorialFolds, foldCount, purgedFolds } from './search/cross-validation.js';
export type { CombinatorialFolds, Fold } from './search/cross-validation.js';
export { stopsBefore } from './search/early-stopping.js';
export type { StoppingRule } from './search/early-stopping.js';
export { geneticSearch } from './search/genetic.js';
export type { GeneticSettings } from './search/genetic.js';
export { gridTrials } from './search/grid.js';
export { ranked } from './search/objective.js';
export type { Direction, Trial } from './search/objective.js';
export { degradationOf, parameterStability, stitchedEquity } from './search/out-of-sample.js';
export type { Degradation } from './search/out-of-sample.js';
export type { LabelSpans } from './search/purged-training.js';
export { randomSearch } from './search/random-search.js';
export { proposeGeneration } from './search/search-method.js';
export type { SearchMethod } from './search/search-method.js';
export { sobolSearch } from './search/sobol.js';
export { levelsOf } from './search/space.js';
export type { Condition, Dimension, Params, ParameterSpace } from './search/space.js';
export { goodRegions, heatmapOf, plateauScores, sensitivities } from './search/surface.js';
export type { Heatmap } from './search/surface.js';
export { tpeSearch } from './search/tpe.js';
export type { TpeSettings } from './search/tpe.js';
export { appendTrial, emptyLedger, summariseFamily } from './search/trial-ledger.js';
export type { FamilySummary, LedgerEntry, TrialLedger } from './search/trial-ledger.js';
export { walkForwardWindows } from './search/walk-forward.js';
export type { Rows, WalkForwardPlan, Window } from './search/walk-forward.js';
export { agreementOf } from './proof/warm-up-agreement.js';
export type { Agreement } from './proof/warm-up-agreement.js';
export { decisionsOf } from './proof/decisions.js';
export type { Decision, Tape } from './proof/decisions.js';
export { firstDifference } from './proof/first-difference.js';
export type { Difference } from './proof/first-difference.js';
export { foresightOf } from './proof/foresight.js';
export { withColumnShuffled, withFutureNoise } from './proof/future-noise.js';
export { inOtherYears } from './proof/in-other-years.js';
export { wholeSampleMark } from './proof/whole-sample-marks.js';
export { withPrices } from './with-prices.js';
