import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { minuteBars } from './minute-bars.mjs';

/** Minute bars as a CSV, line by line, so that making the data does not count among the memory that is measured. */
export async function writeMinutes(file, length) {
  await pipeline(Readable.from(linesOf(length)), createWriteStream(file));
}

function* linesOf(length) {
  const { time, open, high, low, close, volume } = minuteBars(length);
  yield 'time,open,high,low,close,volume\n';
  for (let i = 0; i < length; i++) {
    const stamp = new Date(time[i] / 1000).toISOString();
    yield `${[stamp, open[i], high[i], low[i], close[i], volume[i]].join(',')}\n`;
  }
}
