/** Periods that gained and lost, as quantstats counts them: returns of the account, not trades. */
export interface WinsAndLosses {
  /** Periods that returned something. */
  readonly moved: number;
  /** Gains among them; 0 where there is none at all. */
  readonly winRate: number;
  /** NaN without one. */
  readonly meanWin: number;
  /** Below 0; NaN without one. */
  readonly meanLoss: number;
  /** Mean of all that did not lose, those at 0 included. */
  readonly meanNotLost: number;
  /** Sum of the losses, > 0. */
  readonly lost: number;
  /** Infinity where only gains are, 0 where nothing is. */
  readonly profitFactor: number;
  /** Mean of what did not lose over its count, over the same of what lost: the peer's slip. NaN without a loss. */
  readonly profitRatio: number;
  readonly longestWinStreak: number;
  readonly longestLossStreak: number;
}

export function winsAndLosses(returns: Float64Array): WinsAndLosses {
  let wins = 0;
  let losses = 0;
  let won = 0;
  let lost = 0;
  let winStreak = 0;
  let lossStreak = 0;
  let longestWinStreak = 0;
  let longestLossStreak = 0;
  for (const r of returns) {
    winStreak = r > 0 ? winStreak + 1 : 0;
    lossStreak = r < 0 ? lossStreak + 1 : 0;
    longestWinStreak = Math.max(longestWinStreak, winStreak);
    longestLossStreak = Math.max(longestLossStreak, lossStreak);
    if (r > 0) {
      wins++;
      won += r;
    } else if (r < 0) {
      losses++;
      lost -= r;
    }
  }
  const notLost = returns.length - losses;
  return {
    moved: wins + losses,
    winRate: wins + losses > 0 ? wins / (wins + losses) : 0,
    meanWin: won / wins,
    meanLoss: -lost / losses,
    meanNotLost: won / notLost,
    lost,
    profitFactor: lost > 0 ? won / lost : won > 0 ? Infinity : 0,
    profitRatio: notLost === 0 ? 0 : won / notLost / notLost / (lost / losses / losses),
    longestWinStreak,
    longestLossStreak,
  };
}
