import { figure, type FileCoverage } from '@quarry/contracts';
import { table } from '../terminal/table.js';
import type { Paint } from '../terminal/paint.js';

/**
 * The share of lines with code that ran as a whole; 1 where there is no code. A line like `if (crossed) buy();` of which
 * only the question ran is not covered: what it is there for was never tried.
 */
export function coveredShare(files: readonly FileCoverage[]): number {
  const lines = files.reduce((sum, { code }) => sum + code.length, 0);
  const whole = files.reduce((sum, { code, missed, partly }) => sum + code.length - missed.length - partly.length, 0);
  return lines === 0 ? 1 : whole / lines;
}

/** Stretches of the given lines, within which no other line holds code. */
export function stretches(lines: readonly number[], code: readonly number[]): (readonly [from: number, to: number])[] {
  const found: [number, number][] = [];
  let before = -2;
  for (const line of lines) {
    const at = code.indexOf(line);
    if (at === before + 1) found.at(-1)![1] = line;
    else found.push([line, line]);
    before = at;
  }
  return found;
}

/** A table of files: their lines with code, the share that ran, and which did not. */
export function coverageTable(files: readonly FileCoverage[], paint: Paint): string {
  if (files.length === 0) return 'No run came so far that it could tell which lines ran.\n';
  const [titles, ...rows] = table(
    [
      { title: 'Coverage', align: 'left' },
      { title: 'Lines', align: 'right' },
      { title: 'Ran', align: 'right' },
      { title: 'Not run', align: 'left' },
      { title: 'Run in part', align: 'left' },
    ],
    files.map((file) => [
      file.file,
      String(file.code.length),
      figure(coveredShare([file]), 'fraction'),
      text(stretches(file.missed, file.code)),
      text(stretches(file.partly, file.code)),
    ]),
  );
  return `\n${paint.bold(titles!)}\n${rows.join('\n')}\n\n`;
}

function text(found: readonly (readonly [from: number, to: number])[]): string {
  return found.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(' ');
}

/** The same as an lcov trace file, which editors and coverage services read; a line of which anything ran counts 1. */
export function lcov(files: readonly FileCoverage[]): string {
  return files
    .map(({ file, code, missed }) => {
      const lines = code.map((line) => `DA:${line},${missed.includes(line) ? 0 : 1}`);
      return [
        'TN:',
        `SF:${file}`,
        ...lines,
        `LF:${code.length}`,
        `LH:${code.length - missed.length}`,
        'end_of_record',
        '',
      ].join('\n');
    })
    .join('');
}
