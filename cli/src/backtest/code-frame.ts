import type { SourcePosition, StrategySource } from '@quarry/contracts';

const linesAround = 2;

/** The lines around a place in the strategy, its own marked with `>` and a caret under the column. Empty where unknown. */
export function codeFrame(source: StrategySource, { file, line, column }: SourcePosition): string[] {
  const lines = source.files[file]?.split(/\r?\n/);
  const first = Math.max(1, line - linesAround);
  if (lines === undefined || line > lines.length) return [];

  const last = Math.min(lines.length, line + linesAround);
  const width = String(last).length;
  return lines.slice(first - 1, last).flatMap((text, i) => {
    const number = first + i;
    const shown = text.replaceAll('\t', ' ');
    const prefix = `${number === line ? '>' : ' '} ${String(number).padStart(width)} | `;
    const caret = `${' '.repeat(width + 3)}| ${' '.repeat(Math.min(column, shown.length + 1) - 1)}^`;
    return number === line ? [prefix + shown, caret] : [(prefix + shown).trimEnd()];
  });
}
