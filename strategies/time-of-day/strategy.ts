import { defineStrategy, float, int } from '@quarry/engine';

/** What the strategy remembers of the day: the close before it began. */
interface Day {
  opened: number;
}

/**
 * The idea: what a market did from the start of its day to the afternoon, it goes on doing into the evening. Enter in
 * that direction at one time of day, leave at another, and hold nothing overnight.
 * Source: Gao, Han, Li and Zhou, "Market Intraday Momentum", Journal of Financial Economics 129 (2018), who found it in
 * the last half hour of American exchange-traded funds.
 * Weakness: the effect is a few hundredths of a percent a day, less than most people's costs. The minutes that Quarry
 * brings are generated without any such effect: on them an honest result is about nothing before costs, a loss after.
 */
export default defineStrategy({
  name: 'Time of day',
  description: 'Follows the direction of the day between two times of day, flat overnight.',
  params: {
    enter: int(900, { min: 1, max: 1438, step: 5, description: 'Minute of the day to enter at (900 is 15:00)' }),
    leave: int(1200, { min: 2, max: 1439, step: 5, description: 'Minute of the day to leave at' }),
    move: float(0.005, { min: 0, max: 0.1, step: 0.001, description: 'Least move since midnight, as a fraction' }),
  },
  init: (): Day => ({ opened: NaN }),
  next({ buy, sell, close, position, bars, isNewDay, minuteOfDay, params }, day) {
    if (isNewDay) day.opened = bars.open.now;
    if (position.size !== 0) {
      if (isNewDay || minuteOfDay >= params.leave) close();
      return;
    }
    if (minuteOfDay !== params.enter || params.enter >= params.leave) return;
    const move = bars.close.now / day.opened - 1;
    if (move > params.move) buy({ tag: 'up day' });
    else if (move < -params.move) sell({ tag: 'down day' });
  },
});
