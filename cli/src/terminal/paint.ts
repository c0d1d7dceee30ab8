/** Colours for a terminal, or none: then every function gives its text back. */
export interface Paint {
  bold(text: string): string;
  faint(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

const escape = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`;

const coloured: Paint = {
  bold: escape(1, 22),
  faint: escape(2, 22),
  red: escape(31, 39),
  green: escape(32, 39),
  yellow: escape(33, 39),
};

const same = (text: string): string => text;
const plain: Paint = { bold: same, faint: same, red: same, green: same, yellow: same };

export function paint(colours: boolean): Paint {
  return colours ? coloured : plain;
}

/** Text from strangers without what would steer the terminal: escape sequences, control and direction characters. */
export function printable(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\p{Cf}]/gu, '');
}
