import { type BarSeries, barsOf, barSeriesFrom, runOf } from './bar-series.js';
import type { Interval } from './bars.js';
import { coarserBars } from './coarser-bars.js';
import { SteppingCursor } from './series.js';

/**
 * The same symbol in longer bars: `resample(bars, '1h')` of minutes. Belongs in `init`. A longer bar holds the bars that
 * were completed within it and is seen only once it has ended: no bar still forming is ever shown, so `now` is the last
 * one that is complete. Hours are counted from midnight in the dataset's zone, a day is its date there, a week begins on
 * Monday. A day of bars ends with its date, not with the exchange's close: only a calendar of half days could tell that
 * no bar comes any more.
 *
 * It is for looking at: orders name the series that it was made of. Of further columns it keeps the last value.
 * @throws RangeError where the interval is not longer than the bars are, or no whole number of them.
 */
export function resample(bars: BarSeries, interval: Interval): BarSeries {
  const { pace, now } = runOf(bars);
  if (now.started) throw new RangeError('resample belongs in init: in next it would begin anew at every bar.');
  const coarse = coarserBars(barsOf(bars), interval);
  const cursor = new SteppingCursor(coarse.length);
  const { knownAt } = coarse;
  now.onMove(() => {
    const moment = pace.knownAt[now.index]!;
    cursor.started = true;
    while (cursor.index + 1 < coarse.length && knownAt[cursor.index + 1]! <= moment) cursor.moveTo(cursor.index + 1);
  });
  return barSeriesFrom(coarse, cursor, { pace, now });
}
