import type { LogLine } from '@quarry/contracts';
import type { LineNote } from '../ui/code-editor';

const longest = 90;

/** For each line that logged, what it said last, and how often it spoke. */
export function logNotes(lines: readonly LogLine[]): LineNote[] {
  const byPlace = new Map<string, { last: LogLine; count: number }>();
  for (const line of lines) {
    if (line.file === null || line.line === null) continue;
    const place = `${line.file}:${line.line}`;
    byPlace.set(place, { last: line, count: (byPlace.get(place)?.count ?? 0) + 1 });
  }
  return [...byPlace.values()].map(({ last, count }) => ({
    file: last.file ?? '',
    line: last.line ?? 1,
    text: words(last.text, count),
    level: last.level === 'error' || last.level === 'warn' ? last.level : 'quiet',
  }));
}

function words(text: string, count: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
  return count === 1 ? short : `${short}  ×${count.toLocaleString('en-US')}`;
}
