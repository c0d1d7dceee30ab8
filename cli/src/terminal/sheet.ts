import { printable, type Paint } from './paint.js';

/** Sections of lines, an empty line between them; empty sections are left out, and blanks at the ends of lines. */
export function sheet(sections: readonly (readonly string[])[]): string {
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
}

/** Names beside what is said of them, under a title. */
export function wordsSection(
  title: string,
  words: readonly (readonly [name: string, text: string])[],
  paint: Paint,
  width = 54,
): string[] {
  return [paint.bold(title), ...words.map(([name, text]) => `  ${printable(name).padEnd(width)}  ${printable(text)}`)];
}

export function warningsSection(said: readonly string[], paint: Paint): string[] {
  if (said.length === 0) return [];
  return [paint.yellow(paint.bold('Before you believe it')), ...said.map((text) => `  ${printable(text)}`)];
}
