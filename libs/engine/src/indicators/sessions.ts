import { newColumn } from '../new-column.js';
import type { Bars } from '../bars.js';
import { Calendar, carriesSessionDates } from '../calendar.js';

/** The date of each bar's start in the dataset's zone (20201231): bars of one date are one session. */
export function sessionDates(bars: Bars): Float64Array {
  const calendar = new Calendar(carriesSessionDates(bars) ? null : bars.zone);
  const { time } = bars;
  const out = newColumn(time.length);
  for (let i = 0; i < out.length; i++) out[i] = calendar.date(time[i]!);
  return out;
}
