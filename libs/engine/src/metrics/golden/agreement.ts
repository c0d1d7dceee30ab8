/** How our figures are held to a peer's. */

/** Relative 1e-9, absolute 1e-12 near zero; NaN and the infinities as values. */
export function agrees(ours: number, theirs: number): boolean {
  if (Object.is(ours, theirs) || (Number.isNaN(ours) && Number.isNaN(theirs))) return true;
  return Math.abs(ours - theirs) <= Math.max(1e-12, 1e-9 * Math.abs(theirs));
}

/** Each of the peer's figures that ours differs from, in words; `names` gives our id for the peer's name. */
export function differences(
  ours: Readonly<Record<string, number>>,
  theirs: Readonly<Record<string, number>>,
  names: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(theirs).flatMap(([name, value]) => {
    const id = names[name];
    const figure = id === undefined ? undefined : ours[id];
    if (figure === undefined) return [`${name}: we have no such figure`];
    return agrees(figure, value) ? [] : [`${name}: ${figure}, the peer says ${value}`];
  });
}

/** Our id for each figure that quantstats prints. */
export const quantstatsNames: Readonly<Record<string, string>> = {
  sharpe: 'sharpe',
  sortino: 'sortino',
  adjusted_sortino: 'adjustedSortino',
  smart_sharpe: 'smartSharpe',
  smart_sortino: 'smartSortino',
  cagr: 'cagr',
  volatility: 'volatility',
  max_drawdown: 'maxDrawdown',
  calmar: 'calmar',
  omega: 'omega',
  ulcer_index: 'ulcerIndex',
  ulcer_performance_index: 'ulcerPerformanceIndex',
  serenity_index: 'serenityIndex',
  tail_ratio: 'tailRatio',
  gain_to_pain_ratio: 'gainToPain',
  kelly_criterion: 'kelly',
  win_rate: 'winRate',
  avg_win: 'averageWin',
  avg_loss: 'averageLoss',
  payoff_ratio: 'payoffRatio',
  profit_factor: 'profitFactor',
  profit_ratio: 'profitRatio',
  var: 'valueAtRisk95',
  cvar: 'conditionalValueAtRisk95',
  skew: 'skewness',
  kurtosis: 'kurtosis',
  recovery_factor: 'recoveryFactor',
  exposure: 'timeInMarket',
  probabilistic_sharpe_ratio: 'probabilisticSharpe',
  risk_of_ruin: 'riskOfRuin',
  common_sense_ratio: 'commonSenseRatio',
  cpc_index: 'cpcIndex',
  expected_return: 'expectedReturn',
  consecutive_wins: 'longestWinStreak',
  consecutive_losses: 'longestLossStreak',
  outlier_win_ratio: 'outlierWinRatio',
  outlier_loss_ratio: 'outlierLossRatio',
  autocorr_penalty: 'autocorrelationPenalty',
  comp: 'totalReturn',
  best: 'bestPeriod',
  worst: 'worstPeriod',
};

/** Our id for each figure that empyrical prints. */
export const empyricalNames: Readonly<Record<string, string>> = {
  sharpe_ratio: 'sharpe',
  sortino_ratio: 'sortino',
  annual_return: 'annualReturn',
  annual_volatility: 'volatility',
  max_drawdown: 'maxDrawdown',
  calmar_ratio: 'calmar',
  omega_ratio: 'omega',
  tail_ratio: 'tailRatio',
  stability_of_timeseries: 'stability',
  value_at_risk: 'valueAtRisk95',
  conditional_value_at_risk: 'conditionalValueAtRisk95',
  downside_risk: 'downsideRisk',
  cum_returns_final: 'totalReturn',
};
