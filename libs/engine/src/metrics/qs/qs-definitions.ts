import { define } from '../definition.js';

const stats = 'quantstats 0.0.78';
const periods = `${stats}; periods of the account, not trades`;

/** In the order in which a report shows them. */
export const qsDefinitions = {
  ...define('return', {
    totalReturn: ['Cumulative return', 'fraction', 'Π(1 + r) − 1', `${stats} comp`],
    cagr: ['CAGR', 'fraction', '|Π(1 + r)|^(A / n) − 1, in trading periods, not calendar years', `${stats} cagr`],
    expectedReturn: ['Expected return', 'fraction', '(Π(1 + r))^(1 / n) − 1, a period', `${stats} expected_return`],
    bestPeriod: ['Best period', 'fraction', 'max r', `${stats} best`],
    worstPeriod: ['Worst period', 'fraction', 'min r', `${stats} worst`],
    threeYears: ['3Y (ann.)', 'fraction', 'CAGR of the last 35 months', `${stats} reports: its "3Y" is 35 months`],
    fiveYears: ['5Y (ann.)', 'fraction', 'CAGR of the last 59 months', `${stats} reports: its "5Y" is 59 months`],
  }),
  ...define('risk', {
    volatility: ['Volatility (ann.)', 'fraction', 's(r) · √A', `${stats} volatility`],
    maxDrawdown: [
      'Max drawdown',
      'fraction',
      'min(P / cummax(P) − 1), P = Π(1 + r) behind a first peak guessed from P₁ (1, 100 or 100,000)',
      `${stats} max_drawdown`,
    ],
    ulcerIndex: ['Ulcer index', 'fraction', '√(Σ dd² / (n − 1))', `${stats} ulcer_index`],
    valueAtRisk95: ['Value at risk', 'fraction', 'Φ⁻¹(0.05; mean(r), s(r))', `${stats} value_at_risk`],
    conditionalValueAtRisk95: [
      'Expected shortfall (cVaR)',
      'fraction',
      'mean of r below the normal value at risk; that value where none is',
      `${stats} conditional_value_at_risk`,
    ],
    skewness: ['Skew', 'ratio', 'G1, adjusted for bias', `${stats} skew (pandas)`],
    kurtosis: ['Kurtosis', 'ratio', 'G2: excess, 0 for a normal', `${stats} kurtosis (pandas)`],
    riskOfRuin: ['Risk of ruin', 'fraction', '((1 − W) / (1 + W))^n, W the win rate', `${stats} risk_of_ruin`],
  }),
  ...define('ratio', {
    sharpe: ['Sharpe', 'ratio', 'mean(r) / s(r) · √A', `${stats} sharpe`],
    probabilisticSharpe: [
      'Prob. Sharpe ratio',
      'fraction',
      'Φ(SR / √((1 + SR²/2 − G1·SR + (G2 − 3)/4·SR²) / (n − 1))); the paper has (G2 + 2)/4 without the 1/2',
      `${stats} probabilistic_sharpe_ratio, its slip kept`,
    ],
    smartSharpe: ['Smart Sharpe', 'ratio', 'Sharpe / autocorrelation penalty', `${stats} smart_sharpe`],
    sortino: ['Sortino', 'ratio', 'mean(r) / √(Σ min(r, 0)² / n) · √A; NaN without a loss', `${stats} sortino`],
    smartSortino: ['Smart Sortino', 'ratio', 'Sortino / autocorrelation penalty', `${stats} smart_sortino`],
    adjustedSortino: ['Sortino/√2', 'ratio', 'Sortino / √2', `${stats} adjusted_sortino`],
    omega: ['Omega', 'ratio', 'Σ r⁺ / |Σ r⁻|', `${stats} omega`],
    calmar: ['Calmar', 'ratio', 'CAGR / |max drawdown|; ∞ without one', `${stats} calmar`],
    recoveryFactor: [
      'Recovery factor',
      'ratio',
      '|Σ r| / |max drawdown|: returns added, not compounded',
      `${stats} recovery_factor`,
    ],
    ulcerPerformanceIndex: [
      'Ulcer performance index',
      'ratio',
      '(Π(1 + r) − 1) / ulcer index',
      `${stats} ulcer_performance_index`,
    ],
    serenityIndex: ['Serenity index', 'ratio', 'Σ r / (ulcer index · (−cVaR(dd) / s(r)))', `${stats} serenity_index`],
    tailRatio: ['Tail ratio', 'ratio', '|95 % quantile / 5 % quantile|', `${stats} tail_ratio`],
    gainToPain: ['Gain/pain ratio', 'ratio', 'Σ r / |Σ r⁻|', `${stats} gain_to_pain_ratio`],
    commonSenseRatio: ['Common sense ratio', 'ratio', 'profit factor · tail ratio', `${stats} common_sense_ratio`],
    cpcIndex: ['CPC index', 'ratio', 'profit factor · win rate · payoff ratio', `${stats} cpc_index`],
    outlierWinRatio: ['Outlier win ratio', 'ratio', '99 % quantile / mean(r ≥ 0)', `${stats} outlier_win_ratio`],
    outlierLossRatio: ['Outlier loss ratio', 'ratio', '1 % quantile / mean(r < 0)', `${stats} outlier_loss_ratio`],
    autocorrelationPenalty: [
      'Autocorrelation penalty',
      'ratio',
      '√(1 + 2 Σ ((n − k) / n) |ρ₁|^k), k from 1 to n − 1',
      `${stats} autocorr_penalty`,
    ],
  }),
  ...define('trade', {
    winRate: ['Win rate', 'fraction', '#(r > 0) / #(r ≠ 0)', `${periods}: win_rate`],
    profitFactor: ['Profit factor', 'ratio', 'Σ r⁺ / |Σ r⁻|; ∞ without a loss', `${periods}: profit_factor`],
    payoffRatio: ['Payoff ratio', 'ratio', 'mean(r⁺) / |mean(r⁻)|', `${periods}: payoff_ratio`],
    profitRatio: [
      'Profit ratio',
      'ratio',
      '(mean(r ≥ 0) / #(r ≥ 0)) / (|mean(r < 0)| / #(r < 0)): means divided by counts once more',
      `${periods}: profit_ratio, its slip kept`,
    ],
    averageWin: ['Avg. win', 'fraction', 'mean(r > 0)', `${periods}: avg_win`],
    averageLoss: ['Avg. loss', 'fraction', 'mean(r < 0)', `${periods}: avg_loss`],
    kelly: ['Kelly criterion', 'fraction', '(R·W − (1 − W)) / R, R the payoff ratio', `${periods}: kelly_criterion`],
    longestWinStreak: ['Max consecutive wins', 'count', 'most r > 0 in a row', `${periods}: consecutive_wins`],
    longestLossStreak: ['Max consecutive losses', 'count', 'most r < 0 in a row', `${periods}: consecutive_losses`],
  }),
  ...define('account', {
    timeInMarket: ['Time in market', 'fraction', '#(r ≠ 0) / n, rounded up to whole percent', `${stats} exposure`],
  }),
  ...define('benchmark', {
    beta: ['Beta', 'ratio', 'cov(r, b) / var(b), n − 1', `${stats} greeks`],
    alpha: ['Alpha', 'fraction', '(mean(r) − β · mean(b)) · A', `${stats} greeks`],
    informationRatio: [
      'Information ratio',
      'ratio',
      'mean(r − b) / s(r − b), not annualised; 0 where s is 0',
      `${stats} information_ratio`,
    ],
  }),
};
