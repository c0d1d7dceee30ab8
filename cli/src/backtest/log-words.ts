import type { LogLine, Report } from '@quarry/contracts';
import { moment } from '@quarry/contracts';
import type { Paint } from '../terminal/paint.js';
import { printable } from '../terminal/paint.js';

const linesShown = 20;

/** What the strategy wrote to its console, with the bar and the line that wrote it; the report has all of it. */
export function logWords({ log }: Report, paint: Paint): string {
  const lines = log.slice(0, linesShown).map((line) => logLine(line, paint));
  const rest = log.length - lines.length;
  if (rest > 0) lines.push(paint.faint(`… and ${rest} more lines in the report.`));
  return lines.map((line) => `${line}\n`).join('');
}

/** One line of a strategy's log, with the bar and the place that wrote it. */
export function logLine({ level, text, time, file, line }: LogLine, paint: Paint): string {
  const when = time === null ? [] : [paint.faint(moment(time))];
  const where = file === null ? [] : [paint.faint(`${file}:${line ?? ''}`)];
  // A line that goes on is set in, so that it cannot pass for another.
  const words = printable(text).replaceAll('\n', '\n    ');
  const what = level === 'log' ? words : `${level}: ${words}`;
  const tone = level === 'error' ? paint.red : level === 'warn' ? paint.yellow : (words: string) => words;
  return [...when, tone(what), ...where].join('  ');
}
