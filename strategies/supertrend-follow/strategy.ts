import { adx, bool, defineStrategy, float, int, supertrend } from '@quarry/engine';

/**
 * The idea: be where the trend is. Buy when the SuperTrend turns upwards while the directional movement says that there
 * is a trend at all, leave when it turns back. The line is the stop: no forecast, no target.
 * Source: SuperTrend is O. Seban's (2008), average true range and directional movement are J. Welles Wilder's, New
 * Concepts in Technical Trading Systems (1978).
 * Weakness: it is late by construction, a few average ranges at both ends of every trade, and pays that in each sideways
 * stretch; the ADX filter, itself late, keeps it out of quick turns after a crash, which are the best ones. The defaults
 * are the ones everybody uses, not the best on this data, and nothing here was fitted to it.
 */
export default defineStrategy({
  name: 'SuperTrend follow',
  description: 'Follows the SuperTrend where the directional movement says that there is a trend.',
  params: {
    window: int(10, { min: 3, max: 100, description: 'Bars of the average true range' }),
    ranges: float(3, { min: 0.5, max: 10, step: 0.5, description: 'Distance of the line, in average true ranges' }),
    strength: float(15, { min: 0, max: 60, step: 1, description: 'Enter only above this ADX' }),
    short: bool(false, { description: 'Sell short when it turns downwards too' }),
  },
  init: ({ bars, params }) => ({
    trend: supertrend(bars, params.window, params.ranges),
    strength: adx(bars, 14).adx,
  }),
  next({ buy, sell, close, position, params }, { trend, strength }) {
    const { now } = trend.direction;
    if (position.isLong && now < 0) close();
    if (position.isShort && now > 0) close();
    if (now === trend.direction.ago(1) || !(strength.now > params.strength)) return;
    if (now > 0 && !position.isLong) buy();
    else if (now < 0 && params.short && !position.isShort) sell();
  },
});
