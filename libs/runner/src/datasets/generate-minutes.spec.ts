import { describe, expect, test } from '@jest/globals';
import { generateMinutes } from './generate-minutes.js';
import { columnHash } from './series-hash.js';

describe('generated minutes', () => {
  test('are the same on every machine', () => {
    const { close, volume } = generateMinutes(20_000, 20_260_101);
    expect([columnHash(close), columnHash(volume)]).toMatchInlineSnapshot(`
      [
        "d9dc7f667cb04bd643d13074ccbdd113379d67c70d430d8be98ec401fa024194",
        "c8c956f227f56f25309da71074cf88b2e81efb901b24b8b06f95154294ac4056",
      ]
    `);
  });

  test('are bars without gap: high and low enclose, each opens where the last closed', () => {
    const { time, open, high, low, close, volume } = generateMinutes(20_000, 7);
    const bad = Array.from(time.keys()).filter(
      (i) =>
        high[i]! < Math.max(open[i]!, close[i]!) ||
        low[i]! > Math.min(open[i]!, close[i]!) ||
        !(low[i]! > 0 && volume[i]! > 0) ||
        (i > 0 && (time[i]! - time[i - 1]! !== 60_000_000 || open[i] !== close[i - 1])),
    );
    expect(bad).toEqual([]);
  });

  test('of another seed are others', () => {
    expect(columnHash(generateMinutes(100, 1).close)).not.toBe(columnHash(generateMinutes(100, 2).close));
  });
});
