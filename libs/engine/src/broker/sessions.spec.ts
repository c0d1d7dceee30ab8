import { describe, expect, test } from '@jest/globals';
import type { Bars } from '../bars.js';
import { Calendar } from '../calendar.js';
import { orderStates } from '../results.js';
import { scripted } from '../scripted.js';
import { backtest, barsFromCloses } from '../testing.js';
import { Sessions } from './sessions.js';

const minute = 60_000_000;
const utc = (text: string) => Date.parse(text) * 1000;

/** New York: clocks go forward on 10 March 2024 and back on 3 November. */
const newYork = {
  name: 'America/New_York',
  from: Float64Array.of(-Infinity, utc('2024-03-10T07:00Z'), utc('2024-11-03T06:00Z')),
  offsetMinutes: Float64Array.of(-300, -240, -300),
};

/** Half hours from each opening bell (as UTC) for so many bars; closes count up from 100. */
function halfHours(sessions: readonly (readonly [opens: string, bars: number])[]): Bars {
  const time = Float64Array.from(
    sessions.flatMap(([opens, count]) => Array.from({ length: count }, (_, i) => utc(opens) + i * 30 * minute)),
  );
  const bars = barsFromCloses(Array.from(time, (_, i) => 100 + i));
  return { ...bars, interval: '30m', zone: newYork, time, knownAt: time.map((start) => start + 30 * minute) };
}

/** Where an order for the close ends that is given on each session's first bar: the time of day there, the price. */
function closingsOf(bars: Bars): [state: string, timeOfDay: string, price: number][] {
  const calendar = new Calendar(newYork);
  const clock = (time: number) => {
    const at = calendar.minuteOfDay(time);
    return `${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`;
  };
  const sessions = new Sessions(bars);
  const script = scripted(
    Object.fromEntries(
      Array.from({ length: bars.length }, (_, bar) => bar)
        .filter((bar) => sessions.openFrom(bar) === bar)
        .map((bar) => [bar, ({ buy }) => void buy({ size: 1, at: 'close' })]),
    ),
  );
  const { orders } = backtest(script, bars);
  return Array.from(orders.state, (state, i) => {
    const bar = orders.endBar[i]!;
    return [orderStates[state]!, bar < 0 ? '' : clock(bars.knownAt[bar]!), orders.fillPrice[i]!];
  });
}

describe('an order for the close of a session of half hours', () => {
  test('fills at four in New York, on both sides of the night that clocks go forward', () => {
    const bars = halfHours([
      ['2024-03-08T14:30Z', 13],
      ['2024-03-11T13:30Z', 13],
      ['2024-03-12T13:30Z', 1],
    ]);
    expect(closingsOf(bars).slice(0, 2)).toEqual([
      ['filled', '16:00', 112],
      ['filled', '16:00', 125],
    ]);
  });

  test('fills at one where the session is a half day, which nobody told it', () => {
    const bars = halfHours([
      ['2024-11-27T14:30Z', 13],
      ['2024-11-29T14:30Z', 7],
      ['2024-12-02T14:30Z', 1],
    ]);
    expect(closingsOf(bars).slice(0, 2)).toEqual([
      ['filled', '16:00', 112],
      ['filled', '13:00', 119],
    ]);
  });

  test('waits where the data end: whether more of the day was to come is not known', () => {
    const bars = halfHours([
      ['2024-11-27T14:30Z', 13],
      ['2024-11-29T14:30Z', 7],
    ]);
    expect(closingsOf(bars)[1]).toEqual(['open', '', NaN]);
  });

  test('given when the last bar is known is for the next session: that close is over', () => {
    const bars = halfHours([
      ['2024-11-27T14:30Z', 13],
      ['2024-11-29T14:30Z', 7],
      ['2024-12-02T14:30Z', 1],
    ]);
    const { orders } = backtest(scripted({ 12: ({ buy }) => void buy({ size: 1, at: 'close' }) }), bars);
    expect([orders.endBar[0], orders.fillPrice[0]]).toEqual([19, 119]);
  });

  test('slips and crosses the spread as orders at the market do', () => {
    const bars = halfHours([
      ['2024-11-27T14:30Z', 3],
      ['2024-11-29T14:30Z', 1],
    ]);
    const { orders } = backtest(scripted({ 0: ({ buy }) => void buy({ size: 1, at: 'close' }) }), bars, {
      slippage: { kind: 'fixed', amount: 0.25 },
      spread: { kind: 'fraction', rate: 0.01 },
    });
    expect(orders.fillPrice[0]).toBeCloseTo(102 * 1.005 + 0.25, 9);
  });
});
